package dev.assay.bench;

import dev.assay.app.cli.Session;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.io.DataReader;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A UCI table with wrong labels among its training rows. Training and test rows are drawn class by class, the same ones for
 * all kinds of noise; the labels of the test rows are never touched.
 *
 * @param table the file without its ending
 * @param noise what is planted
 */
record NoiseCase(String table, LabelNoise noise) {
    private static final int TRAINING = 2500;
    private static final int TEST = 2000;
    /** Share of a small table that is for testing. */
    private static final double TEST_SHARE = 0.3;

    private static final int ROWS_FAMILY = 12;
    private static final int NOISE_FAMILY = 13;

    /**
     * The rows of one draw.
     *
     * @param training with wrong labels
     * @param wrong which of them are
     * @param test with right labels
     */
    record Draw(Dataset training, boolean[] wrong, Dataset test) {
        /** How many training labels are wrong. */
        int wrongRows() {
            return (int) IntStream.range(0, wrong.length).filter(i -> wrong[i]).count();
        }
    }

    static List<NoiseCase> all() {
        List<NoiseCase> cases = new ArrayList<>();
        // the classes of the digits are 0 to 9 in order: 3 is called 8
        addNoisy(cases, "optdigits", LabelNoise.one(30, 3, 8));
        addNoisy(cases, "pendigits", LabelNoise.one(30, 1, 7));
        addNoisy(cases, "mushroom", LabelNoise.one(30, 1, 0));
        addNoisy(cases, "waveform-v1", LabelNoise.one(30, 0, 1));
        // the second largest class called the largest
        addNoisy(cases, "car-evaluation", LabelNoise.one(30, 0, 2));
        addNoisy(cases, "phoneme", LabelNoise.one(30, 1, 0));
        cases.add(new NoiseCase("magic", LabelNoise.NONE));
        cases.add(new NoiseCase("bank-marketing", LabelNoise.NONE));
        return cases;
    }

    private static void addNoisy(List<NoiseCase> cases, String table, LabelNoise one) {
        cases.add(new NoiseCase(table, LabelNoise.NONE));
        for (int percent : new int[] {10, 20, 30}) {
            cases.add(new NoiseCase(table, LabelNoise.pair(percent)));
        }
        cases.add(new NoiseCase(table, LabelNoise.uniform(20)));
        cases.add(new NoiseCase(table, one));
    }

    /** How the command line chooses it. */
    String name() {
        return table + "-" + noise.name();
    }

    /** Draws training and test rows and plants the noise. */
    Draw draw(Session session, int repeat) {
        ReadSettings settings = ReadSettings.automatic().withLabel("Class").withTask(Task.CLASSIFICATION);
        Dataset all = new DataReader(session.workers().threads())
                .read(session.data().required("uci/" + table + ".csv"), settings)
                .dataset();
        return draw(all, session, repeat);
    }

    /** The same for a table that has been read. */
    Draw draw(Dataset all, Session session, int repeat) {
        Random random = AccuracyCase.random(session, ROWS_FAMILY, repeat);
        int n = all.size();
        int testSize = Math.min(TEST, Math.max(n - TRAINING, (int) Math.round(TEST_SHARE * n)));
        ContentOrder order = ContentOrder.of(all, session.workers());
        int[] test = order.sample(testSize, random.nextLong());
        int[] others = IntStream.range(0, n)
                .filter(i -> Arrays.binarySearch(test, i) < 0)
                .toArray();
        int[] training = IntStream.of(order.select(others).sample(TRAINING, random.nextLong()))
                .map(k -> others[k])
                .toArray();
        Dataset right = all.select(training);
        Dataset noisy = noise.plant(right, AccuracyCase.random(session, NOISE_FAMILY, repeat));
        return new Draw(noisy, LetterCases.changed(right, noisy), all.select(test));
    }
}
