package dev.assay.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX graph that grows: inputs, constants, operators on them, outputs. The same calls give the same bytes.
 *
 * <p>Operators are those of set 17 of ONNX and set 3 of ONNX-ML.
 */
public final class Graph {
    /** The first axis of inputs and outputs: as many rows as there are. */
    private static final String ROWS = "N";

    private static final int FORMAT = 8;
    private static final int OPERATORS = 17;
    private static final int LEARNING_OPERATORS = 3;
    private static final String LEARNING = "ai.onnx.ml";
    /** What protocol buffers can hold, less what is not constants. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("assay");
    private final Set<String> names = new HashSet<>();
    private long bytes;
    private int nodes;

    /**
     * An input with a row for each example.
     *
     * @param name which nothing else in the graph has
     * @param type of its entries
     * @param axes the lengths of the axes after the rows
     * @param description for whoever feeds it
     */
    public Value input(String name, ElementType type, List<Integer> axes, String description) {
        reserve(name);
        graph.addInput(described(name, type, axes, description));
        return new Value(this, name);
    }

    /** The same for an output. */
    public void output(String name, Value value, ElementType type, List<Integer> axes, String description) {
        reserve(name);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name + " as output")
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(described(name, type, axes, description));
    }

    private void reserve(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("two values of the graph are called '" + name + "'");
        }
    }

    private static ValueInfoProto described(String name, ElementType type, List<Integer> axes, String description) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(ROWS));
        axes.forEach(
                length -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(length)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setDocString(description)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.number())
                                .setShape(shape)))
                .build();
    }

    /**
     * A number, which fits beside every shape. A matrix product times a number loses digits: ONNX Runtime makes one operator of both,
     * with the number in 32 bits. Take a row, or put the factor into the matrix.
     */
    public Value number(double value) {
        return doubles(List.of(), value);
    }

    /** A row of numbers, 1 x its length. */
    public Value row(double... values) {
        return doubles(List.of(1, values.length), values);
    }

    /** A matrix of numbers. */
    public Value matrix(Matrix matrix) {
        return doubles(List.of(matrix.rows(), matrix.columns()), matrix.values());
    }

    private Value doubles(List<Integer> axes, double... values) {
        ByteBuffer buffer = buffer(values.length);
        buffer.asDoubleBuffer().put(values);
        return constant(tensor(ElementType.DOUBLE, axes).setRawData(ByteString.copyFrom(buffer)));
    }

    /** A whole number, which fits beside every shape. */
    public Value whole(long value) {
        return wholes(List.of(), value);
    }

    /** A list of whole numbers, with one axis. */
    public Value wholes(long... values) {
        return wholes(List.of(values.length), values);
    }

    private Value wholes(List<Integer> axes, long... values) {
        ByteBuffer buffer = buffer(values.length);
        buffer.asLongBuffer().put(values);
        return constant(tensor(ElementType.WHOLE, axes).setRawData(ByteString.copyFrom(buffer)));
    }

    /** A list of texts, with one axis. */
    public Value texts(List<String> values) {
        TensorProto.Builder tensor = tensor(ElementType.TEXT, List.of(values.size()));
        values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
        return constant(tensor);
    }

    private ByteBuffer buffer(int entries) {
        long size = (long) Long.BYTES * entries;
        bytes += size;
        if (bytes > MOST_BYTES) {
            throw new InvalidInputException("the model is too large: an ONNX file holds at most 2 GB, its matrices have"
                    + " more; train with fewer features, or with linear experts");
        }
        return ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static TensorProto.Builder tensor(ElementType type, List<Integer> axes) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.number());
        axes.forEach(tensor::addDims);
        return tensor;
    }

    private Value constant(TensorProto.Builder tensor) {
        String name = unused("constant");
        graph.addInitializer(tensor.setName(name));
        return new Value(this, name);
    }

    /** What an operator of ONNX makes of its inputs. */
    public Value node(String operator, List<Value> inputs, Attribute... attributes) {
        return nodes("", operator, 1, inputs, attributes).get(0);
    }

    /** What an operator of ONNX-ML makes of its inputs. */
    public Value learningNode(String operator, List<Value> inputs, Attribute... attributes) {
        return nodes(LEARNING, operator, 1, inputs, attributes).get(0);
    }

    /** The same where there are several outputs. */
    List<Value> nodes(String operator, int outputs, List<Value> inputs, Attribute... attributes) {
        return nodes("", operator, outputs, inputs, attributes);
    }

    private List<Value> nodes(
            String domain, String operator, int outputs, List<Value> inputs, Attribute... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setDomain(domain).setOpType(operator);
        for (Value input : inputs) {
            node.addInput(input.name());
        }
        for (Attribute attribute : attributes) {
            node.addAttribute(attribute.stored());
        }
        List<Value> results = new ArrayList<>();
        for (int k = 0; k < outputs; k++) {
            String name = unused(operator.toLowerCase(Locale.ROOT));
            node.addOutput(name);
            results.add(new Value(this, name));
        }
        graph.addNode(node.setName(results.get(0).name()));
        return results;
    }

    private String unused(String kind) {
        String name;
        do {
            nodes++;
            name = kind + " " + nodes;
        } while (!names.add(name));
        return name;
    }

    /**
     * The content of an .onnx file.
     *
     * @param version of Assay
     * @param metadata what else is to be known of it, in order
     */
    public byte[] file(String version, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("Assay")
                .setProducerVersion(version)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(LEARNING).setVersion(LEARNING_OPERATORS))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }
}
