package dev.assay.io.file;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.InvalidInputException;
import dev.assay.data.text.TextFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trees of records, lists and maps as JSON: names in camel case as in the records, numbers in their shortest exact form, NaN
 * and infinite numbers as null, encodings with their kind, those of free text in short.
 */
public final class JsonFiles {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(kinds(ColumnEncoding.class, FeatureEncoding.class)
                    .addSerializer(Double.class, new FiniteNumbers(Double.class))
                    .addSerializer(double.class, new FiniteNumbers(Double.class))
                    .addSerializer(new FiniteArrays())
                    .addSerializer(new TextsInShort()))
            .build();

    private JsonFiles() {}

    /** Writes values of sealed types with their kind, the name of their class, and reads them by it. */
    public static SimpleModule kinds(Class<?>... sealedTypes) {
        SimpleModule module = new SimpleModule();
        for (Class<?> type : sealedTypes) {
            module.setMixInAnnotation(type, Kinds.class);
            for (Class<?> kind : type.getPermittedSubclasses()) {
                module.registerSubtypes(new NamedType(kind, kind.getSimpleName()));
            }
        }
        return module;
    }

    /** The tree as indented text that ends with a line feed; the same bytes on every machine. */
    public static String text(Object tree) {
        try {
            return MAPPER.writer(printer()).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException problem) {
            throw new IllegalArgumentException(
                    "this cannot be written as JSON: " + problem.getOriginalMessage(), problem);
        }
    }

    /** The same without spaces and line feeds. */
    public static String compactText(Object tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException problem) {
            throw new IllegalArgumentException(
                    "this cannot be written as JSON: " + problem.getOriginalMessage(), problem);
        }
    }

    /** Two spaces for each level, arrays in one line, line feeds alone. */
    public static DefaultPrettyPrinter printer() {
        return new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    }

    /**
     * Reads a tree of the given kind; what it does not know is skipped.
     *
     * @throws InvalidInputException if the file cannot be read or is something else
     */
    public static <T> T read(Path path, Class<T> kind) {
        try {
            return MAPPER.readValue(Files.readString(path, StandardCharsets.UTF_8), kind);
        } catch (JsonProcessingException problem) {
            throw new InvalidInputException(
                    path + " is not what was expected: " + problem.getOriginalMessage(), problem);
        } catch (IOException problem) {
            throw new InvalidInputException(path + " cannot be read: " + problem.getMessage(), problem);
        }
    }

    /** Reads any JSON file. */
    public static JsonNode read(Path path) {
        return read(path, JsonNode.class);
    }

    /** Which of several kinds a value is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    public interface Kinds {}

    private static final class FiniteNumbers extends StdSerializer<Double> {
        FiniteNumbers(Class<Double> type) {
            super(type);
        }

        @Override
        public void serialize(Double value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
    }

    /** Their size and the words of their directions; the directions themselves are hundreds of thousands of numbers. */
    private static final class TextsInShort extends StdSerializer<TextFeatures> {
        TextsInShort() {
            super(TextFeatures.class);
        }

        @Override
        public void serialize(TextFeatures features, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeStartObject();
            generator.writeNumberField("places", features.frequencies().length);
            generator.writeNumberField("directions", features.size());
            provider.defaultSerializeField("words", features.words(), generator);
            generator.writeEndObject();
        }
    }

    private static final class FiniteArrays extends StdSerializer<double[]> {
        FiniteArrays() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] values, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeStartArray();
            for (double value : values) {
                provider.defaultSerializeValue(value, generator);
            }
            generator.writeEndArray();
        }
    }
}
