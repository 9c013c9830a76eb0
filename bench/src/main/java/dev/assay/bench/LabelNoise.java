package dev.assay.bench;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Labels made wrong on purpose: of each class that it touches the same share of the rows, to the nearest whole number.
 *
 * @param name how the command line calls it
 * @param what it is, for the table
 * @param share of the rows of a class that get another label
 * @param other which label they get
 */
record LabelNoise(String name, String what, double share, Other other) {
    /** Labels as they are. */
    static final LabelNoise NONE = new LabelNoise("none", "as it is", 0, (code, classes, random) -> code);

    /** Another label for a row. */
    @FunctionalInterface
    interface Other {
        /**
         * The wrong label.
         *
         * @param code the right label
         * @param classes how many there are
         */
        int of(int code, int classes, Random random);
    }

    /** A share of each class called the next one, of the last one the first. */
    static LabelNoise pair(int percent) {
        return new LabelNoise(
                "pair-" + percent,
                percent + " % of each class called the next one",
                percent / 100.0,
                (code, classes, random) -> (code + 1) % classes);
    }

    /** A share of each class called any other, all of them equally likely. */
    static LabelNoise uniform(int percent) {
        return new LabelNoise(
                "uniform-" + percent,
                percent + " % of each class called any other",
                percent / 100.0,
                (code, classes, random) -> {
                    int drawn = random.nextInt(classes - 1);
                    return drawn < code ? drawn : drawn + 1;
                });
    }

    /**
     * A share of one class called one other.
     *
     * @param from the class, counted from 0
     * @param to what it is called
     */
    static LabelNoise one(int percent, int from, int to) {
        return new LabelNoise(
                "one-" + percent,
                percent + " % of one class called one other",
                percent / 100.0,
                (code, classes, random) -> code == from ? to : code);
    }

    /** The same rows, some of them with a wrong label. */
    Dataset plant(Dataset data, Random random) {
        ClassTargets targets = (ClassTargets) data.targets();
        int[] right = targets.codes();
        int[] codes = right.clone();
        for (int c = 0; c < targets.classes(); c++) {
            int code = c;
            int[] rows = IntStream.range(0, right.length)
                    .filter(i -> right[i] == code)
                    .toArray();
            int[] order = MixtureExperiment.permutation(rows.length, random);
            int wrong = (int) Math.round(share * rows.length);
            for (int k = 0; k < wrong; k++) {
                codes[rows[order[k]]] = other.of(code, targets.classes(), random);
            }
        }
        return data.withTargets(new ClassTargets(codes, targets.names()));
    }
}
