package dev.assay.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** What the entries of a tensor are. */
public enum ElementType {
    /** 64-bit floating point. */
    DOUBLE(DataType.DOUBLE, "double"),
    /** 32-bit floating point. */
    FLOAT(DataType.FLOAT, "float"),
    /** 64-bit whole numbers. */
    WHOLE(DataType.INT64, "int64"),
    /** Truth values. */
    TRUTH(DataType.BOOL, "bool"),
    /** Texts. */
    TEXT(DataType.STRING, "string");

    private final DataType stored;
    private final String label;

    ElementType(DataType stored, String label) {
        this.stored = stored;
        this.label = label;
    }

    int number() {
        return stored.getNumber();
    }

    /** How ONNX calls it. */
    public String label() {
        return label;
    }
}
