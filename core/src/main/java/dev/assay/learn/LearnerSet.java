package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which experts are offered: to be those of blocks, and to judge the labels. Of several the one is taken that explains best what it did not
 * see; where it is no better by more than chance, a linear one, which people can read.
 *
 * @param linear whether experts that are linear in the features are
 * @param radial whether experts that are linear in radial functions of the features are; where the rows are too few for them, linear ones
 *     stand in
 * @param further learners whose experts are, too, the simplest first
 */
public record LearnerSet(boolean linear, boolean radial, List<Learner> further) {
    /** Linear and radial experts. */
    public static final LearnerSet STANDARD = new LearnerSet(true, true, List.of());

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if nothing is offered
     */
    public LearnerSet {
        further = List.copyOf(further);
        if (!linear && !radial && further.isEmpty()) {
            throw new IllegalArgumentException("no learner is offered, expected at least one");
        }
    }

    /** These learners alone, the simplest first. */
    public static LearnerSet of(List<Learner> learners) {
        return new LearnerSet(false, false, learners);
    }

    /** The same and one more. */
    public LearnerSet with(Learner learner) {
        List<Learner> all = new ArrayList<>(further);
        all.add(learner);
        return new LearnerSet(linear, radial, all);
    }

    /** Whether experts that are linear in the features, or in radial functions of them, are offered. */
    public boolean hasLinear() {
        return linear || radial;
    }

    /** What the last layer of the one learner sees that is offered; null where several are, or a linear one, or where it has none. */
    public @Nullable FeatureMap lastLayer(Dataset data, long seed, Workers workers) {
        return hasLinear() || further.size() > 1 ? null : further.get(0).lastLayer(data, seed, workers);
    }

    /** What is offered, by the names of reports. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (linear) {
            names.add("linear");
        }
        if (radial) {
            names.add("radial");
        }
        further.forEach(learner -> names.add(learner.name()));
        return names;
    }
}
