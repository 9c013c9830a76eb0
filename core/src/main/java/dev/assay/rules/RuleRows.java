package dev.assay.rules;

import dev.assay.data.ContentOrder;
import dev.assay.work.Seeds;
import java.util.stream.IntStream;

/**
 * The rows that rules are found with and judged on. Each row's part follows from its content and a seed, not from its place:
 * permuting the rows permutes the parts with them, and copies of a row are all in one part.
 *
 * @param examples indices, ascending
 * @param heldOut of each of them, whether rules are judged on it
 */
public record RuleRows(int[] examples, boolean[] heldOut) {
    /** About so many rows are taken at most. */
    static final int MOST = 20_000;

    private static final double HELD_OUT = 1.0 / 3;

    /** Two thirds to find rules with and a third to judge them on; O(n). */
    public static RuleRows of(ContentOrder order, long seed) {
        double[] drawn = order.uniformOfGroups(Seeds.child(seed, "rule rows"));
        double[] part = order.uniformOfGroups(Seeds.child(seed, "rules held out"));
        double share = (double) MOST / drawn.length;
        int[] examples =
                IntStream.range(0, drawn.length).filter(i -> drawn[i] < share).toArray();
        boolean[] heldOut = new boolean[examples.length];
        for (int k = 0; k < examples.length; k++) {
            heldOut[k] = part[examples[k]] < HELD_OUT;
        }
        return new RuleRows(examples, heldOut);
    }
}
