package dev.assay.bench;

import dev.assay.app.cli.Session;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A case of the accuracy benchmark.
 *
 * @param name how the command line chooses it
 * @param what it is, for the table
 * @param judged what is tested
 * @param repeats data sets that are drawn unless the command line says otherwise
 * @param draw makes the data
 */
record AccuracyCase(String name, String what, Judged judged, int repeats, Draw draw) {
    /** What is tested. */
    enum Judged {
        /** The method's prediction from the features alone, whatever it makes of blocks. */
        WHOLE,
        /** The model of the largest block: nothing in the features tells the source, and the test is of the first one. */
        MAIN,
        /** For each source, the model of the block that has most of its rows, on fresh rows of the source. */
        OWN,
        /** Verdict and number of blocks alone: nobody but Assay gives one. */
        VERDICT
    }

    /** Makes the data of one repeat. */
    @FunctionalInterface
    interface Draw {
        /**
         * Training and test rows.
         *
         * @param repeat counted from 0
         */
        Problem of(Session session, int repeat);
    }

    /**
     * Data whose origin is known.
     *
     * @param training what a method gets to see
     * @param source the source of each training row, from 0, the main one first; null where there is no telling
     * @param wrong which training labels were replaced, or null where none was
     * @param tests one set, or one for each source with {@link Judged#OWN}
     * @param verdict the right one, empty where there is no telling
     * @param blocks the right number of blocks, 0 where there is no telling
     */
    record Problem(
            Dataset training,
            int @Nullable [] source,
            boolean @Nullable [] wrong,
            List<Dataset> tests,
            String verdict,
            int blocks) {
        /** Which rows are to be taken out: wrong labels, or what is not of the main source; null where there are none. */
        boolean @Nullable [] foreign(Judged judged) {
            if (wrong != null) {
                return wrong;
            }
            int[] sources = source;
            if (sources == null || judged != Judged.MAIN) {
                return null;
            }
            boolean[] result = new boolean[sources.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = sources[i] > 0;
            }
            return result;
        }
    }

    /**
     * Random numbers of one data set, the same whatever else is drawn. Neighbouring seeds are mixed first: the first numbers
     * of {@link Random} hardly differ between them.
     *
     * @param family which functions or rows are drawn: cases of the same family get the same ones
     */
    static Random random(Session session, int family, int repeat) {
        return new Random(new SplittableRandom(session.seed() * 1_000_003L + family * 1009L + repeat).nextLong());
    }

    /** The class of each row. */
    static int[] codes(Dataset data) {
        if (data.targets() instanceof ClassTargets targets) {
            return targets.codes();
        }
        throw new IllegalArgumentException("the accuracy benchmark is for classes");
    }
}
