package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.divide.Block;
import dev.assay.divide.Candidate;
import dev.assay.divide.Division;
import dev.assay.divide.Judgement;
import dev.assay.divide.Verdict;
import dev.assay.judge.Purified;
import dev.assay.linalg.Matrix;
import dev.assay.noise.WrongLabels;
import dev.assay.purify.EnoughRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a data set is made of, said alike by all commands.
 *
 * @param data that was judged
 * @param verdict on it
 * @param blocks of mixed data, the largest first; otherwise all that is known of them
 * @param wrongShare share of the labels that are wrong, or in mixed data, that nothing explains
 * @param wrongRows number of rows whose label is rather that than right
 * @param labels what one function says of each label, or null
 * @param candidates what was considered, and the evidence
 */
public record Finding(
        Dataset data,
        Verdict verdict,
        List<Block> blocks,
        double wrongShare,
        int wrongRows,
        @Nullable WrongLabels labels,
        List<Candidate> candidates) {
    /** Less than this is 0.0 %. */
    public static final double SHOWN_SHARE = 5e-4;

    /**
     * One class taken for another: of the rows that are {@code from}, so many are labelled {@code to}.
     *
     * @param rows about how many, a sum of probabilities
     * @param share of the rows that are {@code from}
     * @param low end of its 95 % interval
     * @param high end of it
     */
    public record NamedConfusion(String from, String to, double rows, double share, double low, double high) {}

    /** Copies the lists. */
    public Finding {
        blocks = List.copyOf(blocks);
        candidates = List.copyOf(candidates);
    }

    /** What a division says. */
    public static Finding of(Division division) {
        WrongLabels labels = division.labels();
        return new Finding(
                division.data(),
                division.verdict(),
                division.blocks(),
                // to the last digit what a purification says
                division.verdict() == Verdict.NOISY && labels != null ? labels.share() : division.unexplainedShare(),
                (int) IntStream.of(division.assigned())
                        .filter(block -> block == 0)
                        .count(),
                labels,
                division.candidates());
    }

    /** What a purification carries out; null where rows were removed by another criterion, which makes no judgement. */
    public static @Nullable Finding of(Purified purified) {
        Judgement judgement = purified.judgement();
        if (judgement == null) {
            return null;
        }
        if (purified.division() != null) {
            return of(purified.division());
        }
        WrongLabels labels = judgement.labels();
        return new Finding(
                judgement.data(),
                judgement.verdict(),
                List.of(),
                purified.purification().wrongShare(),
                labels == null
                        ? 0
                        : (int) IntStream.range(0, judgement.data().size())
                                .filter(labels::isWrong)
                                .count(),
                labels,
                judgement.candidates());
    }

    /**
     * What was considered, as a reader can tell it apart: of several of one kind, which were looked for in different ways, the best.
     */
    public List<Candidate> kinds() {
        Map<List<Object>, Candidate> best = new LinkedHashMap<>();
        for (Candidate one : candidates) {
            best.merge(
                    List.of(one.blocks(), one.unexplained(), one.view(), one.gate()),
                    one,
                    (first, second) -> first.evidence() >= second.evidence() ? first : second);
        }
        return List.copyOf(best.values());
    }

    /** In plain words: what the data is made of. */
    public String sentence() {
        return switch (verdict) {
            case HOMOGENEOUS ->
                "Your data is of one kind: one function explains the labels, and nothing speaks for more";
            case NOISY ->
                "Your data is of one kind, but noisy: " + Numbers.percent(wrongShare) + " of the labels are wrong ("
                        + Numbers.rows(wrongRows) + (wrongRows == 1 ? " looks so)" : " look so)");
            case MIXED ->
                "Your data is mixed: " + blocks.size() + " blocks of "
                        + Numbers.list(blocks.stream()
                                .map(block -> Numbers.percent(block.share()) + " (" + Numbers.rows(block.size()) + ")")
                                .toList())
                        + (wrongShare >= SHOWN_SHARE
                                ? ", and " + Numbers.percent(wrongShare) + " of the labels (" + Numbers.rows(wrongRows)
                                        + ") that nothing explains"
                                : "");
            case TOO_FEW_ROWS -> {
                String missing = EnoughRows.missing(data);
                yield "Too few rows to tell what your data is made of" + (missing == null ? "" : ": " + missing);
            }
        };
    }

    /** What words of the sentence mean, for those who have not met them. */
    public List<String> gloss() {
        return verdict == Verdict.MIXED
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
        return finding.verdict == Verdict.MIXED ? "rows of another kind than most" : "rows whose label looks wrong";
    }

    /** What {@link dev.assay.purify.RowScores#trust} is the probability of. */
    public static String trusted(@Nullable Finding finding) {
        return finding != null && finding.verdict == Verdict.MIXED
                ? "probability that the row is of the largest block"
                : "probability that the label is right";
    }

    /** The same in two words. */
    public static String trustTitle(@Nullable Finding finding) {
        return finding != null && finding.verdict == Verdict.MIXED ? "of largest block" : "label right";
    }

    /** Which classes are taken for which, the most frequent first; none but where the verdict is noisy and labels are classes. */
    public List<NamedConfusion> confusions() {
        if (verdict != Verdict.NOISY || labels == null || !(data.targets() instanceof ClassTargets classes)) {
            return List.of();
        }
        List<String> names = classes.names();
        return labels.confusions(data).stream()
                .map(one -> new NamedConfusion(
                        names.get(one.from()), names.get(one.to()), one.rows(), one.share(), one.low(), one.high()))
                .toList();
    }

    /** What run.json says of it: the same entries for all commands. */
    public static void put(RunRecord record, @Nullable Finding finding) {
        record.put("verdict", finding == null ? null : Choice.key(finding.verdict));
        record.put("wrongLabels", finding == null ? null : finding.wrongLabels());
        record.put("confusions", finding == null ? List.of() : finding.confusions());
        record.put("evidence", finding == null ? List.of() : finding.candidates);
        record.put("evidenceUnit", "held-out log-likelihood in nats per row, higher is better");
    }

    private @Nullable Map<String, @Nullable Object> wrongLabels() {
        if (verdict == Verdict.TOO_FEW_ROWS) {
            return null;
        }
        Matrix transitions = verdict == Verdict.NOISY && labels != null ? labels.transitions() : null;
        return RunRecord.entry(
                "share", wrongShare,
                "rows", wrongRows,
                "transitions",
                        transitions != null && data.targets() instanceof ClassTargets classes
                                ? RunRecord.entry("classes", classes.names(), "shares", DivisionFacts.rows(transitions))
                                : null);
    }
}
