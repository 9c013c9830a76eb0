package dev.assay.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.assay.data.InvalidInputException;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.result.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;

/**
 * A model as a message: field 1 is what Tribuo stores of every model (a ModelDataProto), field 2, once for each file of the model folder, a
 * message with the file's name (1) and its bytes (2). The folder is Assay's own form, checksums and all.
 *
 * @param carrier name, provenance, features and outputs
 * @param saved what predicts
 */
record StoredModel(ModelDataCarrier<?> carrier, SavedModel saved) {
    private static final String TYPE = "type.googleapis.com/dev.assay.tribuo.StoredModel";
    private static final int CARRIER = 1;
    private static final int FILE = 2;
    private static final int NAME = 1;
    private static final int BYTES = 2;

    /** The message. */
    Any message() {
        UnknownFieldSet.Field.Builder files = UnknownFieldSet.Field.newBuilder();
        inFolder(folder -> {
            Path model = folder.resolve("model");
            new dev.assay.Model(saved).save(model);
            try (Stream<Path> list = Files.list(model)) {
                for (Path file : list.filter(StoredModel::isOfModel).sorted().toList()) {
                    files.addLengthDelimited(UnknownFieldSet.newBuilder()
                            .addField(NAME, field(ByteString.copyFromUtf8(name(file))))
                            .addField(BYTES, field(ByteString.copyFrom(Files.readAllBytes(file))))
                            .build()
                            .toByteString());
                }
            }
            return model;
        });
        UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(CARRIER, field(carrier.serialize().toByteString()))
                .addField(FILE, files.build())
                .build();
        return Any.newBuilder().setTypeUrl(TYPE).setValue(fields.toByteString()).build();
    }

    /**
     * Reads a message.
     *
     * @throws InvalidInputException with one clear line if it holds no model, or a damaged one
     */
    static StoredModel of(Any message) throws InvalidProtocolBufferException {
        if (!message.getTypeUrl().equals(TYPE)) {
            throw new InvalidInputException("the message is a " + message.getTypeUrl() + ", expected a " + TYPE);
        }
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(message.getValue());
        SavedModel saved = inFolder(folder -> {
            for (ByteString file : fields.getField(FILE).getLengthDelimitedList()) {
                UnknownFieldSet parts = UnknownFieldSet.parseFrom(file);
                String name = only(parts, NAME).toString(StandardCharsets.UTF_8);
                Path path = folder.resolve(name);
                // a name out of a file leads nowhere else
                if (!isOfModel(path) || !folder.equals(path.getParent()) || !name.equals(name(path))) {
                    throw new InvalidInputException("the model holds a file named '" + name
                            + "', expected model.json and matrices; it is damaged: get the original, or train again");
                }
                Files.write(path, only(parts, BYTES).toByteArray());
            }
            return ModelFolder.read(folder);
        });
        return new StoredModel(ModelDataCarrier.deserialize(ModelDataProto.parseFrom(only(fields, CARRIER))), saved);
    }

    private static UnknownFieldSet.Field field(ByteString bytes) {
        return UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
    }

    private static ByteString only(UnknownFieldSet fields, int number) {
        List<ByteString> values = fields.getField(number).getLengthDelimitedList();
        if (values.size() != 1) {
            throw new InvalidInputException("the model has " + values.size() + " times field " + number
                    + ", expected it once; it is damaged: get the original, or train again");
        }
        return values.get(0);
    }

    private static boolean isOfModel(Path file) {
        String name = name(file);
        return name.equals(RunDirectory.MODEL)
                || (name.startsWith(RunDirectory.MATRIX_PREFIX) && name.endsWith(RunDirectory.MATRIX_SUFFIX));
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /** What is done with a folder. */
    @FunctionalInterface
    private interface Work<R> {
        R in(Path folder) throws IOException;
    }

    private static <R> R inFolder(Work<R> work) {
        try {
            Path folder = Files.createTempDirectory("assay-model");
            try {
                return work.in(folder);
            } finally {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (InvalidProtocolBufferException damaged) {
            throw new InvalidInputException("the stored model is damaged: " + damaged.getMessage(), damaged);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
