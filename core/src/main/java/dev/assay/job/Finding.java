package dev.assay.job;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.divide.Block;
import dev.assay.divide.Candidate;
import dev.assay.divide.Division;
import dev.assay.divide.Judgement;
import dev.assay.divide.Verdict;
import dev.assay.judge.Purified;
import dev.assay.noise.WrongLabels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a data set is made of, found alike by all commands.
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

    /**
     * The largest share of wrong labels that is not ruled out: where the verdict is homogeneous what one function estimates all the
     * same, which may be honest doubt; else {@link #wrongShare}.
     */
    public double largestWrongShare() {
        return verdict == Verdict.HOMOGENEOUS && labels != null ? Math.max(wrongShare, labels.share()) : wrongShare;
    }

    /** Copies the lists. */
    public Finding {
        blocks = List.copyOf(blocks);
        candidates = List.copyOf(candidates);
    }

    /** What a division says. */
    static Finding of(Division division) {
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
    static @Nullable Finding of(Purified purified) {
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
}
