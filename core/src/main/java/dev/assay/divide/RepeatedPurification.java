package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.noise.WrongLabels;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The literal reading of the paper's Figure 1: purify; what is kept is a block; purify again what was removed, until nothing is
 * removed any more or too little is left. What is left in the end is block 0.
 */
final class RepeatedPurification {
    /** A rest of fewer rows, or of a smaller share of all rows, is not purified again. */
    private static final int SMALLEST_REST = 40;

    private static final double SMALLEST_SHARE = 0.05;

    private RepeatedPurification() {}

    static Division divide(Dataset data, DivideSettings settings, Workers workers, Progress progress) {
        int n = data.size();
        List<int[]> blocks = new ArrayList<>();
        List<String> explanation = new ArrayList<>();
        int[] rest = IntStream.range(0, n).toArray();
        while (blocks.size() < settings.maxBlocks()
                && (blocks.isEmpty() || rest.length >= Math.max(SMALLEST_REST, SMALLEST_SHARE * n))) {
            progress.phase("purify the rest (" + rest.length + " rows)", 0);
            int[] current = rest;
            WrongLabels found =
                    WrongLabels.of(data.select(current), null, settings.learners(), settings.seed(), workers, progress);
            int[] kept = IntStream.range(0, current.length)
                    .filter(i -> !found.isWrong(i))
                    .map(i -> current[i])
                    .toArray();
            if (kept.length < SMALLEST_REST && !blocks.isEmpty()) {
                break;
            }
            blocks.add(kept);
            explanation.add("purification " + blocks.size() + " of " + current.length + " rows keeps " + kept.length
                    + ": " + found.explanation().get(0));
            rest = IntStream.range(0, current.length)
                    .filter(found::isWrong)
                    .map(i -> current[i])
                    .toArray();
        }
        Matrix responsibilities = new Matrix(n, blocks.size() + 1);
        for (int row : rest) {
            responsibilities.set(row, 0, 1);
        }
        for (int b = 0; b < blocks.size(); b++) {
            for (int row : blocks.get(b)) {
                responsibilities.set(row, b + 1, 1);
            }
        }
        Verdict verdict = blocks.size() > 1 ? Verdict.MIXED : rest.length > 0 ? Verdict.NOISY : Verdict.HOMOGENEOUS;
        return DivisionBuilder.build(
                new Judgement(data, verdict, null, responsibilities, rest.length > 0, List.of(), explanation),
                settings,
                progress,
                workers);
    }
}
