package dev.assay.io.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.JsonFiles;
import dev.assay.io.network.Embedding;
import dev.assay.io.result.RunDirectory;
import dev.assay.predict.LabelSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model as a folder: model.json with all that is small, and a .npy file of 64-bit numbers for each matrix. What is read
 * equals what was written, to the bit. Nothing of a folder is believed: every file has a checksum, every number is looked at,
 * and whatever does not fit ends with one line that names it.
 */
public final class ModelFolder {
    static final String DAMAGED = "; the model is damaged or was edited: get the original, or train again";

    private static final long LARGEST = 1L << 28;
    private static final int DEEPEST = 30;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
            .addModule(JsonFiles.kinds(ColumnEncoding.class, FeatureEncoding.class, LabelSpace.class))
            .addModule(TextFeaturesCodec.module())
            .addMixIn(MapCodec.StoredMap.class, JsonFiles.Kinds.class)
            .addMixIn(RouterCodec.StoredRouter.class, JsonFiles.Kinds.class)
            .addMixIn(ExpertCodec.StoredExpert.class, OptionalKinds.class)
            .registerSubtypes(Codecs.MAPS.kinds())
            .registerSubtypes(Codecs.ROUTERS.kinds())
            .build();

    private ModelFolder() {}

    /** Which kind an expert is; a linear one does not say it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "kind", defaultImpl = LinearExpertCodec.StoredLinear.class)
    @JsonTypeIdResolver(ExpertKinds.class)
    private interface OptionalKinds {}

    /**
     * Writes a model, the matrices first, so that a folder with a model.json holds a whole model.
     *
     * @return model.json
     */
    public static Path write(RunDirectory directory, SavedModel model) {
        Embedding embedding = model.form().embedding();
        if (embedding != null) {
            directory.copy(RunDirectory.NETWORK, embedding.network());
        }
        ModelArrays.Writer arrays = new ModelArrays.Writer(directory);
        ModelJson stored = ModelJson.of(model, arrays);
        String text;
        try {
            text = MAPPER.writer(JsonFiles.printer())
                            .withAttribute(ModelArrays.Writer.class, arrays)
                            .writeValueAsString(stored)
                    + "\n";
        } catch (JsonProcessingException problem) {
            throw new IllegalArgumentException(
                    "this model cannot be written: " + problem.getOriginalMessage(), problem);
        }
        String checksum = ModelArrays.sha256(text.getBytes(StandardCharsets.UTF_8));
        return directory.writeText(RunDirectory.MODEL, sealed(text, ModelJson.NO_CHECKSUM, checksum));
    }

    private static String sealed(String text, String old, String checksum) {
        int place = text.indexOf(old);
        return text.substring(0, place) + checksum + text.substring(place + old.length());
    }

    /**
     * Reads a model.
     *
     * @throws InvalidInputException with one clear line if there is none, or anything about it is not as it was written
     */
    public static SavedModel read(Path folder) {
        Path file = folder.resolve(RunDirectory.MODEL);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    (Files.exists(folder) ? folder + " is a file" : "there is no folder " + folder)
                            + ", expected the folder of a model, as assay run writes it");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(folder + " holds no model (no " + RunDirectory.MODEL
                    + "); make one with assay run, and name its folder here");
        }
        ModelJson stored = parsed(folder, file);
        try {
            return stored.model(new ModelArrays.Reader(folder, stored.arrays()), folder);
        } catch (IllegalArgumentException | ArithmeticException misfit) {
            throw new InvalidInputException(file + " does not fit together: " + misfit.getMessage() + DAMAGED, misfit);
        }
    }

    private static ModelJson parsed(Path folder, Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidInputException(
                        file + " has " + Files.size(file) + " bytes, at most " + LARGEST + " are read");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            JsonNode tree = MAPPER.readTree(text);
            requireKnown(file, tree);
            String checksum = tree.path("checksum").asText();
            if (checksum.length() != ModelJson.NO_CHECKSUM.length()
                    || !ModelArrays.sha256(sealed(text, checksum, ModelJson.NO_CHECKSUM)
                                    .getBytes(StandardCharsets.UTF_8))
                            .equals(checksum)) {
                throw new InvalidInputException(file + " was changed after the model was written (its checksum does not"
                        + " fit); get the original, or train again");
            }
            if (tree.path("input") instanceof ObjectNode input) {
                // only data in groups names them, only embedded data a network
                for (String optional : List.of("group", "embedding")) {
                    if (!input.has(optional)) {
                        input.putNull(optional);
                    }
                }
            }
            Map<String, ModelJson.StoredArray> arrays = tree.path("arrays") instanceof ObjectNode given
                    ? MAPPER.readerForMapOf(ModelJson.StoredArray.class).readValue(given)
                    : Map.of();
            return MAPPER.readerFor(ModelJson.class)
                    .withAttribute(ModelArrays.Reader.class, new ModelArrays.Reader(folder, arrays))
                    .readValue(tree);
        } catch (JsonMappingException misfit) {
            if (misfit.getCause() instanceof InvalidInputException damaged) {
                throw damaged;
            }
            throw new InvalidInputException(
                    file + " is not what was expected" + place(misfit) + ": " + firstLine(misfit.getOriginalMessage())
                            + DAMAGED,
                    misfit);
        } catch (JsonProcessingException damaged) {
            throw new InvalidInputException(
                    file + " is truncated or no JSON: " + firstLine(damaged.getOriginalMessage()) + DAMAGED, damaged);
        } catch (IOException problem) {
            throw new InvalidInputException(file + " cannot be read: " + problem.getMessage(), problem);
        }
    }

    private static void requireKnown(Path file, JsonNode tree) {
        if (!tree.isObject() || !tree.path("format").asText().equals(ModelJson.FORMAT)) {
            throw new InvalidInputException(file + " is not the description of an Assay model" + " (no \"format\" : \""
                    + ModelJson.FORMAT + "\")");
        }
        if (!tree.path("version").isInt() || tree.path("version").asInt() != ModelJson.VERSION) {
            throw new InvalidInputException(file + " is in version " + tree.path("version")
                    + " of the model format, this Assay reads version " + ModelJson.VERSION
                    + "; read it with the Assay that wrote it, or train again");
        }
    }

    private static String place(JsonMappingException problem) {
        String place = problem.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return place.isEmpty() ? "" : " at " + (place.startsWith(".") ? place.substring(1) : place);
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("").replaceAll("dev\\.assay\\.[a-zA-Z.]*[.$]", "");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
