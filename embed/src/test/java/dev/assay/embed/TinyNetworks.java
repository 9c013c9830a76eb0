package dev.assay.embed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Networks of one layer with known weights, and arrays for them. */
final class TinyNetworks {
    private static final long ANY = -1;

    private TinyNetworks() {}

    /** Skips the tests where ONNX Runtime has no native library. */
    static void assumeTheyRun() {
        boolean runs;
        try {
            runs = OrtEnvironment.getEnvironment() != null;
        } catch (LinkageError absent) {
            runs = false;
        }
        assumeTrue(runs, "ONNX Runtime has no native library for this machine");
    }

    /** hidden = max(0, x W). */
    static Path layer(Path file, float[][] weights) throws IOException {
        float[] flat = new float[weights.length * weights[0].length];
        for (int j = 0; j < weights.length; j++) {
            System.arraycopy(weights[j], 0, flat, j * weights[0].length, weights[0].length);
        }
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("layer")
                .addInput(value("x", List.of(ANY, (long) weights.length)))
                .addInitializer(tensor("w", List.of((long) weights.length, (long) weights[0].length), flat))
                .addNode(node("MatMul", List.of("x", "w"), "product"))
                .addNode(node("Relu", List.of("product"), "hidden"))
                .addOutput(value("hidden", List.of(ANY, (long) weights[0].length)));
        return write(file, graph);
    }

    /** The mean of max(0, convolution - 1/4) with one kernel of 3 x 3. */
    static Path convolution(Path file, float[] kernel, int channels, int side) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("convolution")
                .addInput(value("pixels", List.of(ANY, (long) channels, (long) side, (long) side)))
                .addInitializer(tensor("kernel", List.of(1L, (long) channels, 3L, 3L), kernel))
                .addInitializer(tensor("offset", List.of(1L), new float[] {-0.25f}))
                .addNode(node("Conv", List.of("pixels", "kernel", "offset"), "convolved"))
                .addNode(node("Relu", List.of("convolved"), "positive"))
                .addNode(node("GlobalAveragePool", List.of("positive"), "pooled"))
                .addOutput(value("positive", List.of(ANY, 1L, side - 2L, side - 2L)))
                .addOutput(value("pooled", List.of(ANY, 1L, 1L, 1L)));
        return write(file, graph);
    }

    private static Path write(Path file, GraphProto.Builder graph) throws IOException {
        return Files.write(
                file,
                ModelProto.newBuilder()
                        .setIrVersion(8)
                        .addOpsetImport(
                                OperatorSetIdProto.newBuilder().setDomain("").setVersion(15))
                        .setGraph(graph)
                        .build()
                        .toByteArray());
    }

    private static NodeProto node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .build();
    }

    private static TensorProto tensor(String name, List<Long> axes, float[] values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(axes);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static ValueInfoProto value(String name, List<Long> axes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long axis : axes) {
            shape.addDim(
                    axis == ANY
                            ? TensorShapeProto.Dimension.newBuilder().setDimParam("n")
                            : TensorShapeProto.Dimension.newBuilder().setDimValue(axis));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    static double[][] rows(int count, int width) {
        Random random = new Random(7);
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return rows;
    }

    static double[][] bytes(int count, int width) {
        Random random = new Random(8);
        double[][] rows = new double[count][width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = random.nextInt(256);
            }
        }
        return rows;
    }

    /** Features of the given type and shape, and labels 0 and 1. */
    static Path npz(Path file, String type, double[][] rows, String shape) throws IOException {
        ByteBuffer features =
                ByteBuffer.allocate(8 * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
        byte[] labels = new byte[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = (byte) (i % 2);
            for (double value : rows[i]) {
                switch (type) {
                    case "<f8" -> features.putDouble(value);
                    case "<f4" -> features.putFloat((float) value);
                    default -> features.put((byte) value);
                }
            }
        }
        byte[] entries = new byte[features.position()];
        features.flip().get(entries);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("features.npy"));
            zip.write(npy(type, shape, entries));
            zip.putNextEntry(new ZipEntry("label.npy"));
            zip.write(npy("|u1", rows.length + ",", labels));
        }
        return file;
    }

    private static byte[] npy(String type, String shape, byte[] entries) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.write(header.length());
        bytes.write(0);
        bytes.write(header.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(entries);
        return bytes.toByteArray();
    }
}
