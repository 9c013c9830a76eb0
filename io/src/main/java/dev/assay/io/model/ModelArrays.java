package dev.assay.io.model;

import dev.assay.data.InvalidInputException;
import dev.assay.io.array.ArrayHeader;
import dev.assay.io.array.ElementType;
import dev.assay.io.file.Memory;
import dev.assay.io.result.RunDirectory;
import dev.assay.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The matrices of a model folder, each a .npy file of 64-bit numbers whose hash model.json knows. */
final class ModelArrays {
    private static final Pattern FILE =
            Pattern.compile(RunDirectory.MATRIX_PREFIX + "[a-z0-9-]{1,80}\\" + RunDirectory.MATRIX_SUFFIX);
    private static final String DESCRIPTOR = "<f8";

    private ModelArrays() {}

    /** Writes matrices beside model.json. */
    static final class Writer {
        private final RunDirectory directory;
        private final Map<String, ModelJson.StoredArray> written = new LinkedHashMap<>();

        Writer(RunDirectory directory) {
            this.directory = directory;
        }

        /** Writes a matrix and returns its name. */
        String write(String name, Matrix matrix) {
            ByteArrayOutputStream bytes =
                    new ByteArrayOutputStream(Math.addExact(256, Math.multiplyExact(8, matrix.values().length)));
            ArrayHeader header = new ArrayHeader(
                    ElementType.FLOAT_64,
                    1,
                    ByteOrder.LITTLE_ENDIAN,
                    false,
                    List.of(matrix.rows(), matrix.columns()),
                    DESCRIPTOR);
            try {
                header.write(bytes);
                ByteBuffer entries =
                        ByteBuffer.allocate(8 * matrix.values().length).order(ByteOrder.LITTLE_ENDIAN);
                entries.asDoubleBuffer().put(matrix.values());
                bytes.write(entries.array());
            } catch (IOException impossible) {
                throw new IllegalStateException("memory does not fail to be written", impossible);
            }
            String file = RunDirectory.MATRIX_PREFIX + name + RunDirectory.MATRIX_SUFFIX;
            byte[] content = bytes.toByteArray();
            directory.writeBytes(file, content);
            written.put(
                    name,
                    new ModelJson.StoredArray(file, matrix.rows(), matrix.columns(), ModelArrays.sha256(content)));
            return name;
        }

        /** What was written, by name. */
        Map<String, ModelJson.StoredArray> written() {
            return written;
        }
    }

    /** Reads matrices and believes nothing of them. */
    static final class Reader {
        private final Path folder;
        private final Map<String, ModelJson.StoredArray> arrays;

        Reader(Path folder, Map<String, ModelJson.StoredArray> arrays) {
            this.folder = folder;
            this.arrays = arrays;
        }

        /** The matrix of a name, with so many columns. */
        Matrix read(String name, int columns) {
            Matrix matrix = read(name);
            if (matrix.columns() != columns) {
                throw new InvalidInputException(folder.resolve(array(name).file()) + " has " + matrix.columns()
                        + " columns, the rest of the model needs " + columns + ModelFolder.DAMAGED);
            }
            return matrix;
        }

        /** The matrix of a name, of this shape. */
        Matrix read(String name, int rows, int columns) {
            Matrix matrix = read(name, columns);
            if (matrix.rows() != rows) {
                throw new InvalidInputException(folder.resolve(array(name).file()) + " has " + matrix.rows()
                        + " rows, the rest of the model needs " + rows + ModelFolder.DAMAGED);
            }
            return matrix;
        }

        /** The matrix of a name. */
        Matrix read(String name) {
            ModelJson.StoredArray array = array(name);
            // no way out of the folder
            if (!FILE.matcher(array.file()).matches()) {
                throw new InvalidInputException(folder.resolve(RunDirectory.MODEL) + " names the file '"
                        + array.file().replaceAll("\\p{Cntrl}", "?") + "', expected one like "
                        + RunDirectory.MATRIX_PREFIX + "1" + RunDirectory.MATRIX_SUFFIX
                        + ModelFolder.DAMAGED);
            }
            Path path = folder.resolve(array.file());
            if (!Files.isRegularFile(path)) {
                throw new InvalidInputException(path + " is missing: the model is not whole; copy its whole folder");
            }
            if (array.rows() < 0 || array.columns() < 1) {
                throw new InvalidInputException(path + " is said to be " + array.rows() + " x " + array.columns()
                        + ", expected at least 0 x 1" + ModelFolder.DAMAGED);
            }
            Memory.require(path.toString(), array.rows(), array.columns(), array.columns());
            try {
                return read(path, array);
            } catch (EOFException cut) {
                throw new InvalidInputException(path + " is truncated; get a whole copy", cut);
            } catch (IOException problem) {
                throw new InvalidInputException(path + " cannot be read: " + problem.getMessage(), problem);
            }
        }

        private ModelJson.StoredArray array(String name) {
            ModelJson.StoredArray array = arrays.get(name);
            if (array == null) {
                throw new InvalidInputException(folder.resolve(RunDirectory.MODEL) + " names the array '" + name
                        + "', which it does not have" + ModelFolder.DAMAGED);
            }
            return array;
        }

        private static Matrix read(Path path, ModelJson.StoredArray array) throws IOException {
            long entries = (long) array.rows() * array.columns();
            long size = Files.size(path);
            // as long as it is said to be, before memory is reserved for it
            if (size < 8 * entries || size > 8 * entries + (1 << 17)) {
                throw new InvalidInputException(path + " has " + size + " bytes, " + array.rows() + " x "
                        + array.columns() + " numbers were written; it is truncated or was changed");
            }
            byte[] content = Files.readAllBytes(path);
            if (!sha256(content).equals(array.sha256())) {
                throw new InvalidInputException(
                        path + " was changed after the model was written; get the original, or train again");
            }
            ByteArrayInputStream in = new ByteArrayInputStream(content);
            ArrayHeader header = ArrayHeader.read(in, path.toString());
            if (!header.descriptor().equals(DESCRIPTOR)
                    || header.columnMajor()
                    || !header.shape().equals(List.of(array.rows(), array.columns()))
                    || in.available() != 8 * entries) {
                throw new InvalidInputException(path + " holds " + header.descriptor() + " " + header.shapeText()
                        + ", expected " + DESCRIPTOR + " (" + array.rows() + ", " + array.columns() + ")"
                        + ModelFolder.DAMAGED);
            }
            double[] values = new double[(int) entries];
            ByteBuffer.wrap(content, content.length - in.available(), in.available())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(values);
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new InvalidInputException(
                            path + " holds " + value + ", expected finite numbers" + ModelFolder.DAMAGED);
                }
            }
            return new Matrix(array.rows(), array.columns(), values);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
