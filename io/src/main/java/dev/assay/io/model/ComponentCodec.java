package dev.assay.io.model;

/**
 * How one kind of part stands in a model folder: small values in model.json under the name of its kind, matrices in files
 * beside it. What is read must equal what was written, to the bit.
 *
 * @param <P> the part
 * @param <S> a record of plain values, none of them null unless annotated {@code @JsonSetter(nulls = Nulls.SET)}; matrices by
 *     the names that {@link ComponentWriter#matrix} gives
 */
public abstract class ComponentCodec<P, S> {
    private final String kind;
    private final Class<P> part;
    private final Class<S> stored;

    /**
     * A codec for one class of parts.
     *
     * @param kind the name of the kind in model.json
     */
    protected ComponentCodec(String kind, Class<P> part, Class<S> stored) {
        this.kind = kind;
        this.part = part;
        this.stored = stored;
    }

    final String kind() {
        return kind;
    }

    final Class<P> part() {
        return part;
    }

    final Class<S> stored() {
        return stored;
    }

    /** The plain values of a part. */
    protected abstract S write(P part, ComponentWriter to);

    /**
     * The part again. Nothing of a file is to be believed.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    protected abstract P read(S stored, ComponentReader from);
}
