package dev.assay.app.run;

import dev.assay.app.result.Choice;
import dev.assay.data.InvalidInputException;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerSet;
import dev.assay.trees.BoostedTreesLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models that experts may be, as a user names them.
 *
 * @param learners what learns them on this machine
 * @param without why boosted trees are not among them though all were asked for; null where nothing is missing
 */
public record OfferedModels(LearnerSet learners, @Nullable String without) {
    /** All of them. */
    public static final String AUTO = "auto";

    /** What {@link #AUTO} stands for. */
    public static final LearnerSet ALL = LearnerSet.STANDARD.with(new BoostedTreesLearner());

    private enum Model {
        LINEAR,
        RADIAL,
        TREES
    }

    /**
     * What a text offers: {@link #AUTO}, or names with commas between them.
     *
     * @param option for the message
     * @throws InvalidInputException with what was expected, if it names something else
     */
    public static LearnerSet of(String option, String text) {
        if (text.strip().equals(AUTO)) {
            return ALL;
        }
        Set<Model> named = EnumSet.noneOf(Model.class);
        for (String name : text.split(",", -1)) {
            Model model = Arrays.stream(Model.values())
                    .filter(one -> Choice.name(one).equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(option + " is '" + text + "', expected auto, or one or"
                            + " several of linear, radial, trees with commas between them"));
            named.add(model);
        }
        return new LearnerSet(
                named.contains(Model.LINEAR),
                named.contains(Model.RADIAL),
                named.contains(Model.TREES) ? ALL.further() : List.of());
    }

    /** The text that offers it. */
    public static String name(LearnerSet learners) {
        if (learners.equals(ALL)) {
            return AUTO;
        }
        Set<Model> named = EnumSet.noneOf(Model.class);
        if (learners.linear()) {
            named.add(Model.LINEAR);
        }
        if (learners.radial()) {
            named.add(Model.RADIAL);
        }
        if (learners.further().stream().anyMatch(BoostedTreesLearner.class::isInstance)) {
            named.add(Model.TREES);
        }
        return named.stream().map(Choice::name).collect(Collectors.joining(","));
    }

    /**
     * What of it there can be on this machine.
     *
     * @throws InvalidInputException if boosted trees were asked for by name and cannot be
     */
    static OfferedModels here(LearnerSet asked) {
        boolean trees = asked.further().stream().anyMatch(BoostedTreesLearner.class::isInstance);
        return here(asked, trees ? BoostedTreesLearner.missing() : null);
    }

    /**
     * The same where it is known why there can be no boosted trees.
     *
     * @param missing null where there can
     */
    static OfferedModels here(LearnerSet asked, @Nullable String missing) {
        if (missing == null) {
            return new OfferedModels(asked, null);
        }
        if (!asked.equals(ALL)) {
            throw new InvalidInputException("--model " + name(asked) + ": " + missing + "; leave out trees");
        }
        List<Learner> others = new ArrayList<>(asked.further());
        others.removeIf(BoostedTreesLearner.class::isInstance);
        return new OfferedModels(
                new LearnerSet(asked.linear(), asked.radial(), others), "Done without trees: " + missing + ".");
    }
}
