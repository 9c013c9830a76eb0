package dev.assay.io.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.assay.data.text.TextFeatures;
import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.util.List;

/**
 * The features of a column of free text, somewhere within the encoding: words in model.json, numbers in matrices beside it. Who writes or reads
 * gives the {@link ModelArrays.Writer} or {@link ModelArrays.Reader} as an attribute of the name of its class.
 */
final class TextFeaturesCodec {
    private static final String FREQUENCIES = "-frequencies";

    private TextFeaturesCodec() {}

    /** What makes Jackson write and read them so. */
    static SimpleModule module() {
        return new SimpleModule("texts")
                .addSerializer(new Serializer())
                .addDeserializer(TextFeatures.class, new Deserializer());
    }

    /** What stands in model.json: the names of matrices, and the words. */
    private record StoredTexts(String frequencies, String directions, String means, List<String> words) {}

    private static final class Serializer extends StdSerializer<TextFeatures> {
        Serializer() {
            super(TextFeatures.class);
        }

        @Override
        public void serialize(TextFeatures texts, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            ModelArrays.Writer arrays = (ModelArrays.Writer) provider.getAttribute(ModelArrays.Writer.class);
            long earlier = arrays.written().keySet().stream()
                    .filter(name -> name.endsWith(FREQUENCIES))
                    .count();
            String part = "text" + (earlier + 1);
            provider.defaultSerializeValue(
                    new StoredTexts(
                            arrays.write(part + FREQUENCIES, row(texts.frequencies())),
                            arrays.write(part + "-directions", texts.directions()),
                            arrays.write(part + "-means", row(texts.means())),
                            texts.words()),
                    generator);
        }

        private static Matrix row(double[] values) {
            return new Matrix(1, values.length, values);
        }
    }

    private static final class Deserializer extends StdDeserializer<TextFeatures> {
        Deserializer() {
            super(TextFeatures.class);
        }

        @Override
        public TextFeatures deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            StoredTexts stored = context.readValue(parser, StoredTexts.class);
            ModelArrays.Reader arrays = (ModelArrays.Reader) context.getAttribute(ModelArrays.Reader.class);
            Matrix directions = arrays.read(stored.directions());
            return new TextFeatures(
                    arrays.read(stored.frequencies(), 1, directions.rows()).values(),
                    directions,
                    arrays.read(stored.means(), 1, directions.columns()).values(),
                    stored.words());
        }
    }
}
