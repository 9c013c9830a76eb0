package dev.assay.bench;

import dev.assay.app.cli.Session;
import dev.assay.bench.AccuracyCase.Judged;
import dev.assay.bench.AccuracyCase.Problem;
import dev.assay.data.Dataset;
import dev.assay.io.DataReader;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Cases of the UCI tables and of MNIST: as they are, with wrong labels, and with two labelling conventions in one table. Half
 * of the rows are for training and half for testing, at random; test labels are never touched.
 */
final class TableCases {
    private static final List<String> TABLES = List.of(
            "pendigits",
            "magic",
            "phoneme",
            "mushroom",
            "car-evaluation",
            "optdigits",
            "bank-marketing",
            "waveform-v1");
    private static final int DRAWN = 3;
    private static final int IMAGES = 2000;
    private static final int SIDE = 28;
    private static final double MIRRORED = 0.4;
    private static final int SHIFT = 3;
    private static final double PEN_RANGE = 100;

    private TableCases() {}

    static List<AccuracyCase> all() {
        List<AccuracyCase> cases = new ArrayList<>();
        cases.add(emnist());
        for (String table : List.of("pendigits", "optdigits", "mnist")) {
            for (int percent : new int[] {10, 20, 30}) {
                double share = percent / 100.0;
                cases.add(noisy(
                        table,
                        table + "-uniform-" + percent,
                        table + ", " + percent + " % of the labels wrong",
                        "noisy",
                        (data, random) -> MislabelFigure.mislabel(data, share, random)));
            }
            cases.add(noisy(
                    table,
                    table + "-pairs-20",
                    table + ", 20 % of each class called the next one",
                    "",
                    LabelNoise.pair(20)::plant));
        }
        cases.add(mirroredDigits());
        cases.add(rotatedImages("rotated-50", "MNIST, half rotated by 90 degrees, their labels shifted by 3", false));
        cases.add(rotatedImages("rotated-told", "the same, a column tells which", true));
        for (String table : TABLES) {
            cases.add(new AccuracyCase(table, table + " as it is", Judged.WHOLE, DRAWN, (session, repeat) -> {
                Halves halves = halves(session, table, repeat);
                return new Problem(halves.training(), null, null, List.of(halves.test()), "", 0);
            }));
        }
        return cases;
    }

    private record Halves(Dataset training, Dataset test) {}

    private static Halves halves(Session session, String table, int repeat) {
        if (table.equals("mnist")) {
            Random random = AccuracyCase.random(session, 7, repeat);
            return new Halves(
                    sample(session.data().mnistTestImages(), IMAGES, random),
                    sample(session.data().mnistTrainingSample(), IMAGES, random));
        }
        ReadSettings settings = ReadSettings.automatic().withLabel("Class").withTask(Task.CLASSIFICATION);
        Dataset all = new DataReader(session.workers().threads())
                .read(session.data().required("uci/" + table + ".csv"), settings)
                .dataset();
        int[] order = MixtureExperiment.permutation(all.size(), AccuracyCase.random(session, 8, repeat));
        int half = all.size() / 2;
        return new Halves(
                all.select(Arrays.copyOf(order, half)), all.select(Arrays.copyOfRange(order, half, order.length)));
    }

    private static Dataset sample(Dataset data, int count, Random random) {
        return data.select(Arrays.copyOf(MixtureExperiment.permutation(data.size(), random), count));
    }

    private static AccuracyCase noisy(
            String table, String name, String what, String verdict, BiFunction<Dataset, Random, Dataset> noise) {
        return new AccuracyCase(name, what, Judged.WHOLE, DRAWN, (session, repeat) -> {
            Halves halves = halves(session, table, repeat);
            Dataset training = noise.apply(halves.training(), AccuracyCase.random(session, 9, repeat));
            return new Problem(
                    training,
                    null,
                    LetterCases.changed(halves.training(), training),
                    List.of(halves.test()),
                    verdict,
                    verdict.isEmpty() ? 0 : 1);
        });
    }

    private static AccuracyCase emnist() {
        return new AccuracyCase(
                "emnist-4-8", "paper: EMNIST 4/8, 30 % wrong", Judged.WHOLE, DRAWN, (session, repeat) -> {
                    PurifyFigure.Problem problem = EmnistImages.problem(session.data(), session.workers());
                    return new Problem(
                            problem.training(), null, problem.foreign(), List.of(problem.test()), "noisy", 1);
                });
    }

    /** Pen strokes, 40 % of them mirrored, the mirrored ones labelled three digits further. */
    private static AccuracyCase mirroredDigits() {
        return new AccuracyCase(
                "mirrored",
                "pendigits, 40 % mirrored, their labels shifted by 3",
                Judged.WHOLE,
                DRAWN,
                (session, repeat) -> {
                    // the columns as they are in the file, so that mirroring is 100 - x
                    List<String> lines = session.data().lines("uci/pendigits.csv");
                    int d = lines.get(0).split(",", -1).length;
                    int n = lines.size() - 1;
                    Matrix features = new Matrix(n, d);
                    int[] codes = new int[n];
                    int[] source = new int[n];
                    Random random = AccuracyCase.random(session, 10, repeat);
                    for (int i = 0; i < n; i++) {
                        String[] fields = lines.get(i + 1).split(",", -1);
                        source[i] = random.nextDouble() < MIRRORED ? 1 : 0;
                        for (int j = 0; j < d - 1; j++) {
                            double value = Double.parseDouble(fields[j].strip());
                            features.set(i, j, source[i] == 1 && j % 2 == 0 ? PEN_RANGE - value : value);
                        }
                        features.set(i, d - 1, 1);
                        int digit = (int) Double.parseDouble(fields[d - 1].strip()) - 1;
                        codes[i] = (digit + SHIFT * source[i]) % 10;
                    }
                    standardise(features);
                    return split(Dataset.of(features, PaperData.digits(codes)), source, random);
                });
    }

    private static AccuracyCase rotatedImages(String name, String what, boolean told) {
        return new AccuracyCase(name, what, Judged.WHOLE, DRAWN, (session, repeat) -> {
            Random random = AccuracyCase.random(session, 11, repeat);
            Dataset images = sample(session.data().mnistTestImages(), 2 * IMAGES, random);
            int n = images.size();
            int pixels = SIDE * SIDE;
            Matrix features = new Matrix(n, pixels + (told ? 2 : 1));
            int[] codes = AccuracyCase.codes(images).clone();
            int[] source = new int[n];
            for (int i = 0; i < n; i++) {
                source[i] = random.nextBoolean() ? 1 : 0;
                for (int pixel = 0; pixel < pixels; pixel++) {
                    int from = source[i] == 0 ? pixel : (SIDE - 1 - pixel % SIDE) * SIDE + pixel / SIDE;
                    features.set(i, pixel, images.features().get(i, from));
                }
                if (told) {
                    features.set(i, pixels, source[i]);
                }
                features.set(i, features.columns() - 1, 1);
                codes[i] = (codes[i] + SHIFT * source[i]) % 10;
            }
            return split(Dataset.of(features, PaperData.digits(codes)), source, random);
        });
    }

    private static Problem split(Dataset data, int[] source, Random random) {
        int[] order = MixtureExperiment.permutation(data.size(), random);
        int half = data.size() / 2;
        int[] training = Arrays.copyOf(order, half);
        int[] test = Arrays.copyOfRange(order, half, order.length);
        return new Problem(
                data.select(training),
                IntStream.of(training).map(i -> source[i]).toArray(),
                null,
                List.of(data.select(test)),
                "mixed",
                2);
    }

    /** Mean 0 and standard deviation 1 in each column but the bias. */
    private static void standardise(Matrix features) {
        int n = features.rows();
        for (int j = 0; j + 1 < features.columns(); j++) {
            double mean = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                mean += features.get(i, j) / n;
            }
            for (int i = 0; i < n; i++) {
                squares += (features.get(i, j) - mean) * (features.get(i, j) - mean);
            }
            double deviation = squares > 0 ? Math.sqrt(squares / n) : 1;
            for (int i = 0; i < n; i++) {
                features.set(i, j, (features.get(i, j) - mean) / deviation);
            }
        }
    }
}
