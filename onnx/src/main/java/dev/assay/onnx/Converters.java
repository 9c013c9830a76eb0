package dev.assay.onnx;

import dev.assay.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The kinds of parts that a graph can hold: those listed here, and those that other libraries bring. */
final class Converters {
    static final Converters EXPERTS = new Converters(
            ExpertConverter.class,
            new LinearExpertConverter(),
            new CalibratedExpertConverter(),
            new BlendedExpertConverter());
    static final Converters MAPS = new Converters(
            MapConverter.class, new IdentityMapConverter(), new PrincipalMapConverter(), new RadialMapConverter());
    static final Converters ROUTERS = new Converters(
            RouterConverter.class,
            new PriorRouterConverter(),
            new SoftmaxRouterConverter(),
            new CentroidRouterConverter(),
            new AdaptiveClusteringRouterConverter(),
            new NearestRouterConverter());

    private final List<PartConverter<?>> converters;

    private Converters(Class<?> service, PartConverter<?>... listed) {
        converters = new ArrayList<>(List.of(listed));
        for (Object other : ServiceLoader.load(service)) {
            converters.add((PartConverter<?>) other);
        }
    }

    /** What the part says of the rows; nothing where its kind has no converter. */
    Optional<Value> convert(Object part, Parts parts) {
        for (PartConverter<?> converter : converters) {
            if (converter.part().isInstance(part)) {
                return Optional.of(convert(converter, part, parts));
            }
        }
        return Optional.empty();
    }

    private static <P> Value convert(PartConverter<P> converter, Object part, Parts parts) {
        return converter.convert(converter.part().cast(part), parts);
    }
}
