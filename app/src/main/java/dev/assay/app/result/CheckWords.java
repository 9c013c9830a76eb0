package dev.assay.app.result;

import dev.assay.divide.Verdict;
import dev.assay.drift.DataProfile;
import dev.assay.drift.Drift;
import dev.assay.job.Check;
import dev.assay.job.CheckLimits;
import dev.assay.job.CheckOutcome;
import dev.assay.job.DivideOutcome;
import dev.assay.job.EarlierRun;
import dev.assay.job.Finding;
import dev.assay.job.ModelComparison;
import dev.assay.job.RowLimit;
import dev.assay.job.RunOutcome;
import dev.assay.predict.Metric;
import dev.assay.purify.MinimumSampleSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking data, in words.
 *
 * @param rows of the data
 * @param limits that it was held against
 * @param outcome what was found
 */
public record CheckWords(int rows, CheckLimits limits, CheckOutcome outcome) {
    private static final int SHOWN = 5;

    /** How a check is called, on the screen and in files. */
    public static String name(Check check) {
        return Choice.name(check.kind());
    }

    /** What came of it, in a word. */
    public static String result(Check check) {
        return switch (check.result()) {
            case PASSED -> "passed";
            case BROKEN -> "BROKEN";
            case UNDECIDED -> "UNDECIDED";
            case SKIPPED -> "left out";
        };
    }

    /** How many checks hold, in a sentence. */
    public String sentence() {
        int all = outcome.checks().size();
        long failed = outcome.checks().stream().filter(check -> !check.holds()).count();
        return failed == 0
                ? (all == 1 ? "The check holds" : "All " + all + " checks hold")
                : failed + " of " + all + (all == 1 ? " check" : " checks") + (failed == 1 ? " does" : " do")
                        + " not hold";
    }

    /** What was found, and what the limit is. */
    public String sentence(Check check) {
        return switch (check.kind()) {
            case NOISE -> noise(check);
            case BLOCKS -> blocks(check);
            case ACCURACY -> accuracy(check);
            case SUSPICIOUS -> suspicious(check);
            case COPIES ->
                Numbers.rows(outcome.facts().copies().repeated()) + " ("
                        + Numbers.percent(share(outcome.facts().copies().repeated()))
                        + ") equal an earlier one in every feature, allowed: " + allowed(limits.copies());
            case LEAKS -> leaks();
            case DRIFT_FEATURES -> columns(check);
            case DRIFT_LABELS -> "labels: " + moved(check, comparison().change().labels());
            case DRIFT_BLOCKS -> driftOfBlocks(check);
            case DRIFT_NOISE -> driftOfNoise(check);
            case DRIFT_POTENTIAL -> driftOfPotential(check);
        };
    }

    private double share(int count) {
        return (double) count / rows;
    }

    private static String allowed(@Nullable RowLimit limit) {
        RowLimit known = Objects.requireNonNull(limit, "it was checked");
        return known.isShare() ? Numbers.percent(known.amount()) : Numbers.rows((long) known.amount());
    }

    private DivideOutcome divided() {
        return Objects.requireNonNull(outcome.divided(), "it was judged");
    }

    private CheckOutcome.Comparison comparison() {
        return Objects.requireNonNull(outcome.comparison(), "it was compared");
    }

    private String tooFew() {
        String missing = MinimumSampleSize.missing(divided().division().data());
        return "too few rows to tell" + (missing == null ? "" : ": " + missing);
    }

    private boolean isTooSmall() {
        return divided().finding().verdict() == Verdict.TOO_FEW_ROWS;
    }

    private String noise(Check check) {
        String allowed = ", allowed: " + Numbers.percent(check.limit());
        if (isTooSmall()) {
            return tooFew() + allowed;
        }
        if (check.result() == Check.Result.UNDECIDED) {
            return "left open: as many as "
                    + Numbers.percent(divided().finding().largestWrongShare())
                    + " of the labels may be wrong, too little speaks for it to set them apart" + allowed;
        }
        Finding finding = divided().finding();
        return Numbers.percent(check.value()) + " of the labels "
                + (finding.verdict() == Verdict.MIXED ? "are explained by nothing" : "are wrong")
                + " (95 % interval " + Numbers.percent(check.low()) + " to " + Numbers.percent(check.high()) + ")"
                + allowed;
    }

    private String blocks(Check check) {
        String allowed = ", allowed: " + (int) check.limit();
        if (isTooSmall()) {
            return tooFew() + allowed;
        }
        DivideOutcome.Evidence evidence = divided().evidence();
        return blocks((int) check.value())
                + (check.value() > 1 && evidence != null
                        ? String.format(
                                Locale.ROOT,
                                ", which explain unseen labels by %.3f nats per row more than one",
                                evidence.mixture() - evidence.single())
                        : "")
                + allowed;
    }

    private static String blocks(int count) {
        return count == 1 ? "1 block" : count + " blocks";
    }

    private String accuracy(Check check) {
        RunOutcome made = Objects.requireNonNull(outcome.made(), "a model was made");
        ModelComparison found = made.tested().comparison();
        String measure = found.leading() == Metric.ACCURACY ? "accuracy" : "R2";
        String on = " on " + Numbers.rows(made.tested().test().size())
                + (made.tested().heldOut() == null ? " of the test file" : ", held out") + ", asked for: at least "
                + Numbers.number(check.limit());
        if (check.result() == Check.Result.UNDECIDED) {
            return "too few rows to measure " + measure + on;
        }
        return measure + " " + Numbers.number(check.value()) + " (95 % interval " + Numbers.number(check.low()) + " to "
                + Numbers.number(check.high()) + ")" + on;
    }

    private String suspicious(Check check) {
        String allowed = ", allowed: " + allowed(limits.suspicious());
        if (check.result() == Check.Result.UNDECIDED) {
            return tooFew() + allowed;
        }
        int wrong = divided().finding().wrongRows();
        return Numbers.rows(wrong) + " (" + Numbers.percent(share(wrong)) + ") with a label that looks wrong" + allowed;
    }

    private String leaks() {
        List<String> leaks = outcome.facts().leaks();
        if (leaks.isEmpty()) {
            return "no column tells the label on its own";
        }
        return (leaks.size() == 1 ? "column " : "columns ") + shown(leaks) + (leaks.size() == 1 ? " tells" : " tell")
                + " the label next to perfectly, allowed: none";
    }

    private static String shown(List<String> names) {
        return names.size() <= SHOWN
                ? Numbers.list(names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    private static String allowedDrift(Check check) {
        return ", allowed: " + Numbers.percent(check.limit());
    }

    /** The columns that have moved, the furthest first. */
    public List<Drift> movedColumns() {
        return comparison().change().columns().stream()
                .filter(drift -> comparison().isBeyond(drift, limits.drift()))
                .sorted(Comparator.comparingDouble(Drift::distance).reversed())
                .toList();
    }

    private String columns(Check check) {
        if (check.result() == Check.Result.SKIPPED) {
            return "not compared: more than " + Numbers.count(DataProfile.MOST_FEATURES)
                    + " features, here or in the earlier run";
        }
        DataProfile.Change change = comparison().change();
        List<String> parts = new ArrayList<>();
        List<Drift> moved = movedColumns();
        int all = change.columns().size();
        if (!moved.isEmpty()) {
            parts.add(moved.size() + " of " + all + (all == 1 ? " column" : " columns")
                    + (moved.size() == 1 ? " has moved: " : " have moved: ")
                    + shown(moved.stream()
                            .map(drift -> drift.name() + " by " + Numbers.percent(drift.distance())
                                    + " of the rows (chance alone: about " + Numbers.percent(drift.expected()) + ")")
                            .toList()));
        }
        if (!change.gone().isEmpty()) {
            parts.add("gone: " + shown(change.gone()));
        }
        if (!change.arrived().isEmpty()) {
            parts.add("new: " + shown(change.arrived()));
        }
        if (parts.isEmpty()) {
            Drift most = change.columns().stream()
                    .max(Comparator.comparingDouble(Drift::distance))
                    .orElseThrow();
            parts.add((all == 1 ? "the column has" : "none of " + all + " columns has")
                    + " moved beyond chance and limit; the furthest, " + most.name() + ": "
                    + Numbers.percent(most.distance()) + " of the rows (chance alone: about "
                    + Numbers.percent(most.expected()) + ")");
        }
        return String.join("; ", parts) + allowedDrift(check);
    }

    private static String moved(Check check, Drift drift) {
        return Numbers.percent(drift.distance()) + " of the rows have moved (chance alone: about "
                + Numbers.percent(drift.expected()) + "; " + chance(check) + ")" + allowedDrift(check);
    }

    private static String chance(Check check) {
        return "p " + (check.chance() < 1e-4 ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", check.chance()));
    }

    private String driftOfBlocks(Check check) {
        if (check.result() == Check.Result.UNDECIDED) {
            return tooFew() + allowedDrift(check);
        }
        int before = comparison().earlier().blocks().size();
        int now = divided().division().blocks().size();
        return (before == now ? blocks(now) + " as before" : blocks(now) + " instead of " + before) + ": "
                + moved(check, comparison().blocks());
    }

    private String driftOfNoise(Check check) {
        if (check.result() == Check.Result.UNDECIDED) {
            return tooFew() + allowedDrift(check);
        }
        EarlierRun earlier = comparison().earlier();
        Finding finding = divided().finding();
        return wrong(finding.wrongShare(), finding.largestWrongShare()) + " of the labels are wrong, "
                + wrong(earlier.wrongShare(), earlier.largestWrongShare()) + " before (" + chance(check)
                + "), allowed: a change of " + Numbers.percent(check.limit());
    }

    /** A share, and what is not ruled out beyond it. */
    private static String wrong(double share, double largest) {
        return largest - share < Finding.SHOWN_SHARE
                ? Numbers.percent(share)
                : Numbers.percent(share) + " (up to " + Numbers.percent(largest) + " are not ruled out)";
    }

    private String driftOfPotential(Check check) {
        if (check.result() == Check.Result.SKIPPED) {
            return "not compared: V, or how far it is sure, is not known of "
                    + (Double.isNaN(comparison().earlier().potential()) ? "the earlier run" : "so many features");
        }
        return "V is " + Numbers.number(divided().measures().potential()) + " (standard error "
                + Numbers.number(comparison().potentialError()) + "), "
                + Numbers.number(comparison().earlier().potential()) + " before (" + chance(check)
                + "), allowed: a change by " + Numbers.percent(check.limit());
    }

    /** The same for files. */
    public List<Map<String, @Nullable Object>> facts() {
        return outcome.checks().stream().map(this::facts).toList();
    }

    private Map<String, @Nullable Object> facts(Check check) {
        return RunRecord.entry(
                "name", name(check),
                "result", Choice.key(check.result()),
                "passed", check.holds(),
                "limit", check.limit(),
                "value", check.value(),
                "low", check.low(),
                "high", check.high(),
                "chance", check.chance(),
                "explanation", sentence(check));
    }

    /** What was compared with an earlier run, column by column; null where nothing was. */
    public @Nullable Map<String, @Nullable Object> comparisonFacts(String folder) {
        CheckOutcome.Comparison found = outcome.comparison();
        if (found == null) {
            return null;
        }
        return RunRecord.entry(
                "reference", folder,
                "referenceRows", found.earlier().rows(),
                "significance", Check.SIGNIFICANCE,
                "tests", found.tests(),
                "correction", "bonferroni",
                "labels", drift(found, found.change().labels()),
                "columns",
                        found.change().columns().stream()
                                .map(column -> drift(found, column))
                                .toList(),
                "gone", found.change().gone(),
                "new", found.change().arrived(),
                "blocks", drift(found, found.blocks()),
                "noise", drift(found, found.noise()),
                "potentialStandardError", found.potentialError());
    }

    private static Map<String, @Nullable Object> drift(CheckOutcome.Comparison found, Drift drift) {
        return RunRecord.entry(
                "name", drift.name(),
                "distance", drift.distance(),
                "expectedByChance", drift.expected(),
                "chance", found.chance(drift),
                "populationStability", drift.stability());
    }

    /** What to do next, most important first. */
    public List<String> advice(boolean written) {
        List<String> advice = new ArrayList<>();
        for (Check check : outcome.checks()) {
            if (check.holds()) {
                continue;
            }
            String one = switch (check.kind()) {
                case NOISE, SUSPICIOUS, DRIFT_NOISE ->
                    "Look at the labels: assay diagnose with --label-issues lists those that look wrong.";
                case BLOCKS, DRIFT_BLOCKS ->
                    "See what tells the blocks apart: assay divide with the same data and label.";
                case ACCURACY -> "See where it errs: assay run with the same data and label.";
                case COPIES, LEAKS -> "Look at the file: what is named above is a matter of how it was made.";
                case DRIFT_FEATURES, DRIFT_LABELS, DRIFT_POTENTIAL ->
                    "If the change is meant, let a run of this data be the next --reference.";
            };
            if (!advice.contains(one)) {
                advice.add(one);
            }
        }
        if (advice.isEmpty()) {
            advice.add("Nothing: the data keeps to its limits.");
        } else if (!written) {
            advice.add("Add --out DIR for report.html and check.json.");
        }
        return advice;
    }
}
