package dev.assay.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well wrong labels were found in one draw; NaN where there is nothing to say.
 *
 * @param rows training rows
 * @param wrong how many of their labels are wrong
 * @param verdict on the whole, empty for methods that give none
 * @param wrongShare estimated share of wrong labels
 * @param auroc probability that a wrong label is more suspicious than a right one; higher = better
 * @param precision share of the removed rows that are wrong
 * @param recall share of the wrong rows that are removed
 * @param removed rows
 * @param softmax accuracy on clean rows of a tuned softmax regression trained on the kept rows
 * @param trees the same of boosted trees
 * @param seconds of processor time for finding, all threads together
 */
record NoiseScore(
        double rows,
        double wrong,
        String verdict,
        double wrongShare,
        double auroc,
        double precision,
        double recall,
        double removed,
        double softmax,
        double trees,
        double seconds) {

    /** Compares what was found with what was planted. */
    static NoiseScore of(NoiseCase.Draw draw, NoiseMethod.Finding finding, CleanTest test, double seconds) {
        boolean[] kept = finding.kept();
        boolean[] wrong = draw.wrong();
        int removed = 0;
        int both = 0;
        for (int i = 0; i < kept.length; i++) {
            removed += kept[i] ? 0 : 1;
            both += !kept[i] && wrong[i] ? 1 : 0;
        }
        int planted = draw.wrongRows();
        boolean ranks = finding.suspicion().length > 0;
        CleanTest.Accuracies accuracies = test.of(kept);
        return new NoiseScore(
                kept.length,
                planted,
                finding.verdict(),
                finding.wrongShare(),
                ranks ? auroc(finding.suspicion(), wrong) : Double.NaN,
                ranks && planted > 0 ? ratio(both, removed) : Double.NaN,
                ranks ? ratio(both, planted) : Double.NaN,
                ranks ? removed : Double.NaN,
                accuracies.softmax(),
                accuracies.trees(),
                seconds);
    }

    /** Harmonic mean of precision and recall: twice the wrong rows that were removed, by all removed and all wrong ones. */
    double f1() {
        return ratio(2 * Math.rint(recall * wrong), removed + wrong);
    }

    /**
     * Area under the ROC curve: the probability that a wrong row has the higher suspicion, ties counted half; a suspicion
     * that is not a number counts as the lowest.
     *
     * @return NaN where all or none are wrong
     */
    static double auroc(double[] suspicion, boolean[] wrong) {
        double[] values = Arrays.stream(suspicion)
                .map(value -> Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value)
                .toArray();
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double below = 0;
        double wins = 0;
        double planted = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int tiedWrong = 0;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                tiedWrong += wrong[order[to]] ? 1 : 0;
                to++;
            }
            int tiedRight = to - from - tiedWrong;
            wins += tiedWrong * (below + 0.5 * tiedRight);
            below += tiedRight;
            planted += tiedWrong;
            from = to;
        }
        return ratio(wins, planted * below);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? Double.NaN : part / whole;
    }
}
