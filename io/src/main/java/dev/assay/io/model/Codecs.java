package dev.assay.io.model;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.route.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of parts that a model folder can hold: those listed here, and those that other libraries bring. */
final class Codecs<P, S> {
    static final Codecs<Expert, ExpertCodec.StoredExpert> EXPERTS = new Codecs<>(
            Expert.class,
            ExpertCodec.StoredExpert.class,
            ExpertCodec.class,
            new LinearExpertCodec(),
            new CalibratedExpertCodec(),
            new BlendedExpertCodec());
    static final Codecs<FeatureMap, MapCodec.StoredMap> MAPS = new Codecs<>(
            FeatureMap.class,
            MapCodec.StoredMap.class,
            MapCodec.class,
            new IdentityMapCodec(),
            new PrincipalMapCodec(),
            new RadialMapCodec());
    static final Codecs<Router, RouterCodec.StoredRouter> ROUTERS = new Codecs<>(
            Router.class,
            RouterCodec.StoredRouter.class,
            RouterCodec.class,
            new PriorRouterCodec(),
            new SoftmaxRouterCodec(),
            new CentroidRouterCodec(),
            new AdaptiveClusteringRouterCodec(),
            new NearestRouterCodec());

    private final Class<P> part;
    private final Class<S> stored;
    private final List<ComponentCodec<?, ?>> codecs;

    private Codecs(Class<P> part, Class<S> stored, Class<?> service, ComponentCodec<?, ?>... listed) {
        this.part = part;
        this.stored = stored;
        codecs = new ArrayList<>(List.of(listed));
        for (Object other : ServiceLoader.load(service)) {
            codecs.add((ComponentCodec<?, ?>) other);
        }
    }

    /** The plain values of a part. */
    S write(P value, ComponentWriter to) {
        for (ComponentCodec<?, ?> codec : codecs) {
            if (codec.part().isInstance(value)) {
                return stored.cast(write(codec, value, to));
            }
        }
        throw new IllegalArgumentException("there is no codec for "
                + value.getClass().getName() + ", so it cannot be stored; known are " + names());
    }

    /** The part again. */
    P read(S values, ComponentReader from) {
        return part.cast(read(of(values), values, from));
    }

    /** By what name model.json calls the kind of these values. */
    String kind(Object values) {
        return of(values).kind();
    }

    /** What holds the values of the kind of this name, or null where there is no such kind. */
    @Nullable
    Class<?> stored(String kind) {
        for (ComponentCodec<?, ?> codec : codecs) {
            if (codec.kind().equals(kind)) {
                return codec.stored();
            }
        }
        return null;
    }

    /** The names of all kinds. */
    String names() {
        return codecs.stream().map(ComponentCodec::kind).collect(Collectors.joining(", "));
    }

    NamedType[] kinds() {
        return codecs.stream()
                .map(codec -> new NamedType(codec.stored(), codec.kind()))
                .toArray(NamedType[]::new);
    }

    private ComponentCodec<?, ?> of(Object values) {
        for (ComponentCodec<?, ?> codec : codecs) {
            if (codec.stored().isInstance(values)) {
                return codec;
            }
        }
        throw new IllegalArgumentException(
                "there is no codec for " + values.getClass().getName());
    }

    private static <A, B> B write(ComponentCodec<A, B> codec, Object value, ComponentWriter to) {
        return codec.write(codec.part().cast(value), to);
    }

    private static <A, B> A read(ComponentCodec<A, B> codec, Object values, ComponentReader from) {
        return codec.read(codec.stored().cast(values), from);
    }
}
