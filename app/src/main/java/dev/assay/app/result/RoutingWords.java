package dev.assay.app.result;

import dev.assay.job.RoutingPlan;
import dev.assay.predict.Context;
import dev.assay.predict.ShareAdaptation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How rows found their experts, in words and in run.json.
 *
 * @param plan how
 * @param context what the rows that told it are called, or null where none did
 */
public record RoutingWords(RoutingPlan plan, @Nullable String context) {
    private static final int SHOWN_STRANGERS = 5;

    /** For the reader, one sentence each. */
    public List<String> explanation() {
        RoutingPlan.Way way = plan.way();
        if (way instanceof RoutingPlan.OneBlock one) {
            return List.of("All rows were given block " + one.block() + ".");
        }
        if (way instanceof RoutingPlan.Given given) {
            return List.of(given.known() + " of " + given.rows() + " rows were given their block by column '"
                    + given.column() + "'" + (given.sources() ? " (sources)" : "")
                    + (given.known() < given.rows() ? "; the others were routed." : "."));
        }
        if (way instanceof RoutingPlan.BySource source) {
            return sentences(source);
        }
        if (way instanceof RoutingPlan.ByContext by) {
            return List.of("The " + by.context().rows() + " rows of " + context + " say: "
                    + shares(by.context().posterior()) + ".");
        }
        return way instanceof RoutingPlan.Adapted adapted
                ? List.of(adapted.adaptation().sentence())
                : List.of();
    }

    private static List<String> sentences(RoutingPlan.BySource source) {
        List<String> explanation = new ArrayList<>();
        explanation.add(Numbers.count(source.known()) + " of " + Numbers.rows(source.rows())
                + " were routed by column '" + source.column() + "', which tells the block"
                + (source.known() < source.rows() ? "; the others by their features alone." : "."));
        if (!source.strangers().isEmpty()) {
            explanation.add("Not known from training: "
                    + source.strangers().stream()
                            .limit(SHOWN_STRANGERS)
                            .map(name -> "'" + Numbers.cut(name, 40) + "'")
                            .collect(Collectors.joining(", "))
                    + (source.strangers().size() > SHOWN_STRANGERS ? ", ..." : "")
                    + ". A few labelled rows of such a source tell its block: --context FILE.");
        }
        return explanation;
    }

    /**
     * For run.json.
     *
     * @param router what the router of the model is called
     */
    public Map<String, @Nullable Object> facts(String router) {
        Map<String, @Nullable Object> facts = facts();
        facts.put("mixing", plan.isHard() ? "hard" : "soft");
        facts.put("router", router);
        return facts;
    }

    private Map<String, @Nullable Object> facts() {
        RoutingPlan.Way way = plan.way();
        if (way instanceof RoutingPlan.OneBlock one) {
            return RunRecord.entry("kind", "given", "block", one.block());
        }
        if (way instanceof RoutingPlan.Given given) {
            return RunRecord.entry("kind", "given", "rowsGiven", given.known());
        }
        if (way instanceof RoutingPlan.BySource source) {
            return RunRecord.entry("kind", "source", "column", source.column(), "rowsKnown", source.known());
        }
        if (way instanceof RoutingPlan.ByContext by) {
            Context found = by.context();
            return RunRecord.entry("kind", "context", "contextRows", found.rows(), "posterior", found.posterior());
        }
        if (way instanceof RoutingPlan.Adapted adapted) {
            ShareAdaptation found = adapted.adaptation();
            return RunRecord.entry(
                    "kind", "adapted",
                    "sharesBefore", found.before(),
                    "sharesAfter", found.after(),
                    "moved", found.moved(),
                    "gain", found.gain());
        }
        return RunRecord.entry("kind", "router");
    }

    private static String shares(double[] shares) {
        return IntStream.range(0, shares.length)
                .mapToObj(k -> "block " + (k + 1) + " with probability " + Numbers.number(shares[k]))
                .collect(Collectors.joining(", "));
    }
}
