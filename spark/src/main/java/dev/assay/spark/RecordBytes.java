package dev.assay.spark;

import dev.assay.linalg.Matrix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records of numbers as bytes, to the bit: what sums and scores are made of goes to the executors like this, and core knows
 * nothing of how it travels. Components are int, long, double, boolean, String, double[], long[],
 * {@link Matrix}, records of such, or null; a component of an interface is a
 * record that implements it. Nothing else can come out of bytes, whatever stands in them.
 */
final class RecordBytes {
    private RecordBytes() {}

    /**
     * Writes; O(bytes).
     *
     * @throws IllegalArgumentException naming the class that is no record of numbers
     */
    static byte[] write(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeRecord(value, out);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail to be written", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what was written.
     *
     * @throws IllegalArgumentException if the bytes hold no such record
     */
    static <T> T read(byte[] bytes, Class<T> type) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return type.cast(readRecord(type, in));
        } catch (IOException damaged) {
            throw new IllegalArgumentException("the bytes hold no whole " + type.getName(), damaged);
        }
    }

    private static void writeRecord(Object value, DataOutputStream out) throws IOException {
        Class<?> type = value.getClass();
        if (!type.isRecord()) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be sent to executors, expected a record of numbers, arrays and records");
        }
        out.writeUTF(type.getName());
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            try {
                writeValue(component.getType(), accessor.invoke(value), out);
            } catch (IllegalAccessException | InvocationTargetException problem) {
                throw new IllegalArgumentException(
                        type.getName() + " does not tell its " + component.getName(), problem);
            }
        }
    }

    private static void writeValue(Class<?> type, @Nullable Object value, DataOutputStream out) throws IOException {
        if (type == int.class) {
            out.writeInt((Integer) Objects.requireNonNull(value));
        } else if (type == long.class) {
            out.writeLong((Long) Objects.requireNonNull(value));
        } else if (type == double.class) {
            out.writeDouble((Double) Objects.requireNonNull(value));
        } else if (type == boolean.class) {
            out.writeBoolean((Boolean) Objects.requireNonNull(value));
        } else if (value == null) {
            out.writeBoolean(false);
        } else {
            out.writeBoolean(true);
            if (value instanceof String text) {
                byte[] letters = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(letters.length);
                out.write(letters);
            } else if (value instanceof double[] numbers) {
                writeNumbers(numbers, out);
            } else if (value instanceof long[] numbers) {
                out.writeInt(numbers.length);
                for (long number : numbers) {
                    out.writeLong(number);
                }
            } else if (value instanceof Matrix matrix) {
                out.writeInt(matrix.rows());
                out.writeInt(matrix.columns());
                writeNumbers(matrix.values(), out);
            } else {
                writeRecord(value, out);
            }
        }
    }

    private static Object readRecord(Class<?> expected, DataInputStream in) throws IOException {
        String name = in.readUTF();
        Class<?> type;
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            type = Class.forName(name, false, loader == null ? RecordBytes.class.getClassLoader() : loader);
        } catch (ClassNotFoundException missing) {
            throw new IllegalArgumentException(
                    "there is no class " + name + " here: send the jar that holds it to the executors", missing);
        }
        if (!type.isRecord() || !expected.isAssignableFrom(type)) {
            throw new IllegalArgumentException(name + " is no record that is a " + expected.getName());
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = readValue(components[k].getType(), in);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException problem) {
            throw new IllegalArgumentException(name + " cannot be made of what was sent", problem);
        }
    }

    private static @Nullable Object readValue(Class<?> type, DataInputStream in) throws IOException {
        if (type == int.class) {
            return in.readInt();
        }
        if (type == long.class) {
            return in.readLong();
        }
        if (type == double.class) {
            return in.readDouble();
        }
        if (type == boolean.class) {
            return in.readBoolean();
        }
        if (!in.readBoolean()) {
            return null;
        }
        if (type == String.class) {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }
        if (type == double[].class) {
            return readNumbers(in);
        }
        if (type == long[].class) {
            long[] numbers = new long[in.readInt()];
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] = in.readLong();
            }
            return numbers;
        }
        if (type == Matrix.class) {
            return new Matrix(in.readInt(), in.readInt(), readNumbers(in));
        }
        return readRecord(type, in);
    }

    private static void writeNumbers(double[] numbers, DataOutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, numbers.length));
        buffer.asDoubleBuffer().put(numbers);
        out.writeInt(numbers.length);
        out.write(buffer.array());
    }

    private static double[] readNumbers(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Math.multiplyExact(Double.BYTES, in.readInt()));
        double[] numbers = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers);
        return numbers;
    }
}
