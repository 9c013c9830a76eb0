package dev.assay.onnx;

import dev.assay.onnx.graph.Value;

/**
 * How one kind of part of a model is computed in a graph.
 *
 * @param <P> the part
 */
public abstract class PartConverter<P> {
    private final Class<P> part;

    /** A converter for one class of parts. */
    protected PartConverter(Class<P> part) {
        this.part = part;
    }

    final Class<P> part() {
        return part;
    }

    /**
     * What the part says of the rows, as operators on {@link Parts#features}: to rounding, what it says in Java.
     *
     * @throws dev.assay.data.InvalidInputException with one clear line, if this one cannot be exported
     */
    protected abstract Value convert(P part, Parts parts);
}
