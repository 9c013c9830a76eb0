package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.divide.Block;
import dev.assay.divide.Verdict;
import dev.assay.job.Finding;
import dev.assay.linalg.Matrix;
import dev.assay.noise.WrongLabels;
import dev.assay.purify.MinimumSampleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a data set is made of, said alike by all commands. */
public final class FindingWords {
    private FindingWords() {}

    /** In plain words: what the data is made of. */
    public static String sentence(Finding finding) {
        return switch (finding.verdict()) {
            case HOMOGENEOUS ->
                "Your data is of one kind: one function explains the labels, and nothing speaks for more";
            case NOISY ->
                "Your data is of one kind, but noisy: " + Numbers.percent(finding.wrongShare())
                        + " of the labels are wrong (" + Numbers.rows(finding.wrongRows())
                        + (finding.wrongRows() == 1 ? " looks so)" : " look so)");
            case MIXED ->
                "Your data is mixed: " + finding.blocks().size() + " blocks of "
                        + Numbers.list(finding.blocks().stream()
                                .map(block -> Numbers.percent(block.share()) + " (" + Numbers.rows(block.size()) + ")")
                                .toList())
                        + (finding.wrongShare() >= Finding.SHOWN_SHARE
                                ? ", and " + Numbers.percent(finding.wrongShare()) + " of the labels ("
                                        + Numbers.rows(finding.wrongRows()) + ") that nothing explains"
                                : "");
            case TOO_FEW_ROWS -> {
                String missing = MinimumSampleSize.missing(finding.data());
                yield "Too few rows to tell what your data is made of" + (missing == null ? "" : ": " + missing);
            }
        };
    }

    /** What words of the sentence mean, for those who have not met them. */
    public static List<String> gloss(Finding finding) {
        return finding.verdict() == Verdict.MIXED
                ? List.of(
                        "A block is a group of rows whose labels follow one rule; the same values are labelled differently in"
                                + " another block.")
                : List.of();
    }

    /** What the rows are that diagnose and purify set apart. */
    public static String removedRows(@Nullable Finding finding) {
        if (finding == null) {
            return "rows that do not fit the rest";
        }
        return finding.verdict() == Verdict.MIXED ? "rows of another kind than most" : "rows whose label looks wrong";
    }

    /** What {@link dev.assay.purify.RowScores#trust} is the probability of. */
    public static String trusted(@Nullable Finding finding) {
        return finding != null && finding.verdict() == Verdict.MIXED
                ? "probability that the row is of the largest block"
                : "probability that the label is right";
    }

    /** The same in two words. */
    public static String trustTitle(@Nullable Finding finding) {
        return finding != null && finding.verdict() == Verdict.MIXED ? "of largest block" : "label right";
    }

    /** What run.json says of it: the same entries for all commands. */
    public static void put(RunRecord record, @Nullable Finding finding) {
        record.put("verdict", finding == null ? null : Choice.key(finding.verdict()));
        record.put("wrongLabels", finding == null ? null : wrongLabels(finding));
        if (finding != null && finding.verdict() == Verdict.MIXED) {
            record.put("blocks", blocks(finding));
        }
        record.put("confusions", finding == null ? List.of() : finding.confusions());
        record.put(
                "judges",
                finding == null || finding.labels() == null
                        ? null
                        : judges(finding.labels().evidence()));
        record.put("evidence", finding == null ? List.of() : finding.candidates());
        record.put("evidenceUnit", "held-out log-likelihood in nats per row, higher is better");
    }

    private static Map<String, @Nullable Object> judges(WrongLabels.Evidence evidence) {
        return RunRecord.entry(
                "view", evidence.view(),
                "rows", evidence.rows().length,
                "rivals", DivisionFacts.rivals(evidence.rivals()));
    }

    private static List<Object> blocks(Finding finding) {
        List<Object> result = new ArrayList<>();
        for (Block block : finding.blocks()) {
            result.add(RunRecord.entry("block", result.size() + 1, "size", block.size(), "share", block.share()));
        }
        return result;
    }

    private static @Nullable Map<String, @Nullable Object> wrongLabels(Finding finding) {
        if (finding.verdict() == Verdict.TOO_FEW_ROWS) {
            return null;
        }
        Matrix transitions = finding.verdict() == Verdict.NOISY && finding.labels() != null
                ? finding.labels().transitions()
                : null;
        return RunRecord.entry(
                "share", finding.wrongShare(),
                "rows", finding.wrongRows(),
                "largestShare", finding.largestWrongShare(),
                "transitions",
                        transitions != null && finding.data().targets() instanceof ClassTargets classes
                                ? RunRecord.entry("classes", classes.names(), "shares", DivisionFacts.rows(transitions))
                                : null);
    }
}
