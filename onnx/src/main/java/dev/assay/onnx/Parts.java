package dev.assay.onnx;

import dev.assay.data.InvalidInputException;
import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import dev.assay.route.Router;
import java.util.IdentityHashMap;
import java.util.Map;

/** Takes a model into a graph part by part; a map that several parts see through is computed once. */
public final class Parts {
    private final Value features;
    private final Map<FeatureMap, Value> seen;
    private final String place;

    /** Of the model that sees these features. */
    Parts(Value features) {
        this(features, new IdentityHashMap<>(), "the model");
    }

    private Parts(Value features, Map<FeatureMap, Value> seen, String place) {
        this.features = features;
        this.seen = seen;
        this.place = place;
    }

    /** The same for a part that messages call so. */
    Parts of(String part) {
        return new Parts(features, seen, part);
    }

    /** X: n x d, the bias last. */
    public Value features() {
        return features;
    }

    /** Where all of it goes. */
    public Graph graph() {
        return features.graph();
    }

    /** How messages call the part that is being converted, for example {@code the expert of block 2}. */
    public String place() {
        return place;
    }

    /**
     * n x C log-probabilities or n x 1 standardised predictions of an expert.
     *
     * @throws InvalidInputException if there is no converter for its kind
     */
    public Value answers(Expert expert) {
        return Converters.EXPERTS
                .convert(expert, this)
                .orElseThrow(() -> unknown(expert.name(), "experts", "train with other learners"));
    }

    /**
     * n x m features as a part of the model sees them.
     *
     * @throws InvalidInputException if there is no converter for the kind of the map
     */
    public Value seenThrough(FeatureMap map) {
        Value known = seen.get(map);
        if (known == null) {
            known = Converters.MAPS
                    .convert(map, this)
                    .orElseThrow(() -> unknown(map.name(), "feature maps", "train with other learners"));
            seen.put(map, known);
        }
        return known;
    }

    /**
     * n x K log-probabilities of the blocks.
     *
     * @throws InvalidInputException if there is no converter for the kind of the router
     */
    public Value logShares(Router router) {
        return Converters.ROUTERS
                .convert(router, this)
                .orElseThrow(() -> unknown(router.name(), "routers", "choose another with assay run --router"));
    }

    private InvalidInputException unknown(String name, String kinds, String remedy) {
        return new InvalidInputException(place + ", '" + name + "', cannot be exported: " + kinds
                + " of its kind have no ONNX converter; " + remedy);
    }
}
