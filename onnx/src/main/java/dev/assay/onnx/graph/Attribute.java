package dev.assay.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.List;

/** A setting of an operator, by the name that the operator's definition gives it. */
public final class Attribute {
    private final AttributeProto stored;

    private Attribute(AttributeProto stored) {
        this.stored = stored;
    }

    /** A whole number. */
    public static Attribute of(String name, long value) {
        return new Attribute(named(name, AttributeType.INT).setI(value).build());
    }

    /** Whole numbers. */
    public static Attribute of(String name, long[] values) {
        AttributeProto.Builder attribute = named(name, AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return new Attribute(attribute.build());
    }

    /** Numbers of 32 bits. */
    public static Attribute of(String name, float[] values) {
        AttributeProto.Builder attribute = named(name, AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return new Attribute(attribute.build());
    }

    /** Texts. */
    public static Attribute of(String name, List<String> values) {
        AttributeProto.Builder attribute = named(name, AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return new Attribute(attribute.build());
    }

    private static AttributeProto.Builder named(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    AttributeProto stored() {
        return stored;
    }
}
