package dev.assay.bench;

import dev.assay.bench.AccuracyCase.Judged;
import dev.assay.bench.AccuracyCase.Problem;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticFunction;
import dev.assay.data.SyntheticSample;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cases of the paper's letters: its own functions, and others of the same family with random weights. */
final class LetterCases {
    private static final int TEST_ROWS = 2000;
    private static final int VERDICTS = 20;
    private static final int DRAWN = 3;

    private LetterCases() {}

    static List<AccuracyCase> all() {
        List<AccuracyCase> cases = new ArrayList<>();
        cases.add(paper("700-300", "paper: 700/300", Judged.MAIN, "synthetic_train_mix_2spec.csv", 700, 300));
        cases.add(paper(
                "700-150-150", "paper: 700/150/150", Judged.MAIN, "synthetic_train_mix_3spec.csv", 700, 150, 150));
        cases.add(paper("mix12", "paper: 1000/1000", Judged.OWN, "synthetic_mix12.csv", 1000, 1000));
        cases.add(paper("mix123", "paper: 1000/1000/1000", Judged.OWN, "synthetic_mix123.csv", 1000, 1000, 1000));
        cases.add(paper("one-function", "paper: one function, 1000 rows", Judged.WHOLE, "", 1000));
        cases.add(flagged("flag-100", "600/400 letters, a column tells the source", 1));
        cases.add(flagged("flag-80", "the same, the column is right in 80 %", 0.8));
        cases.add(verdict("verdict-one", "one function, 1000 rows", "homogeneous", 0, 1000));
        cases.add(verdict("verdict-noise-10", "one function, 10 % of the labels redrawn", "noisy", 0.10, 1000));
        cases.add(verdict("verdict-noise-25", "one function, 25 % of the labels redrawn", "noisy", 0.25, 1000));
        cases.add(verdict("verdict-700-300", "two functions, 700/300", "mixed", 0, 700, 300));
        cases.add(verdict("verdict-600-600", "two functions, 600/600", "mixed", 0, 600, 600));
        cases.add(verdict("verdict-three", "three functions, 1000 each", "mixed", 0, 1000, 1000, 1000));
        cases.add(verdict("verdict-700-150-150", "three functions, 700/150/150", "mixed", 0, 700, 150, 150));
        return cases;
    }

    /** The published file first, then fresh draws of the same functions. */
    private static AccuracyCase paper(String name, String what, Judged judged, String file, int... sizes) {
        return new AccuracyCase(name, what, judged, DRAWN, (session, repeat) -> {
            long seed = AccuracyCase.random(session, 1, repeat).nextLong();
            SyntheticSample drawn = SyntheticSample.drawPaper(sizes, seed);
            boolean published = repeat == 0 && !file.isEmpty();
            SyntheticSample training =
                    published ? session.data().synthetic(file, sizes).orElse(drawn) : drawn;
            List<Dataset> tests = new ArrayList<>();
            int functions = judged == Judged.OWN ? sizes.length : 1;
            for (int k = 0; k < functions; k++) {
                tests.add(SyntheticSample.draw(
                                List.of(SyntheticFunction.paper(k + 1)), new int[] {TEST_ROWS}, seed + k + 1)
                        .toDataset());
            }
            if (judged == Judged.MAIN) {
                session.data()
                        .synthetic("synthetic_test_dis1.csv", 1000)
                        .filter(ignored -> published)
                        .ifPresent(test -> tests.set(0, test.toDataset()));
            }
            return new Problem(
                    training.toDataset(),
                    training.blocks(),
                    null,
                    tests,
                    sizes.length == 1 ? "homogeneous" : "mixed",
                    sizes.length);
        });
    }

    /** Two random functions and a column that tells the source of a row, or mostly. */
    private static AccuracyCase flagged(String name, String what, double right) {
        return new AccuracyCase(name, what, Judged.WHOLE, DRAWN, (session, repeat) -> {
            Random random = AccuracyCase.random(session, 2, repeat);
            List<SyntheticFunction> functions =
                    List.of(SyntheticFunction.random(random), SyntheticFunction.random(random));
            SyntheticSample training = SyntheticSample.draw(functions, new int[] {600, 400}, random.nextLong());
            SyntheticSample test = SyntheticSample.draw(
                    functions, new int[] {TEST_ROWS * 6 / 10, TEST_ROWS * 4 / 10}, random.nextLong());
            return new Problem(
                    withFlag(training, right, random),
                    training.blocks(),
                    null,
                    List.of(withFlag(test, right, random)),
                    "mixed",
                    2);
        });
    }

    private static Dataset withFlag(SyntheticSample sample, double right, Random random) {
        Dataset plain = sample.toDataset();
        int d = plain.dimension();
        Matrix features = new Matrix(plain.size(), d + 1);
        for (int i = 0; i < plain.size(); i++) {
            System.arraycopy(
                    plain.features().values(),
                    plain.features().offset(i),
                    features.values(),
                    features.offset(i),
                    d - 1);
            boolean told = random.nextDouble() < right;
            features.set(i, d - 1, (sample.blocks()[i] == 1) == told ? 1 : 0);
            features.set(i, d, 1);
        }
        List<String> names = new ArrayList<>(plain.featureNames());
        names.add(d - 1, "source");
        return plain.withFeatures(features, names);
    }

    /** Random functions; of one function, some labels drawn anew, which leaves a quarter of them as they were. */
    private static AccuracyCase verdict(String name, String what, String verdict, double redrawn, int... sizes) {
        return new AccuracyCase(name, what, Judged.VERDICT, VERDICTS, (session, repeat) -> {
            Random random = AccuracyCase.random(session, 3 + sizes.length, repeat);
            List<SyntheticFunction> functions = new ArrayList<>();
            for (int k = 0; k < sizes.length; k++) {
                functions.add(SyntheticFunction.random(random));
            }
            SyntheticSample sample = SyntheticSample.draw(functions, sizes, random.nextLong());
            List<Dataset> tests = new ArrayList<>();
            for (SyntheticFunction function : functions) {
                tests.add(SyntheticSample.draw(List.of(function), new int[] {TEST_ROWS}, random.nextLong())
                        .toDataset());
            }
            Dataset data = sample.toDataset();
            boolean @Nullable [] wrong = null;
            if (redrawn > 0) {
                Dataset noisy = redraw(data, redrawn, random);
                wrong = changed(data, noisy);
                data = noisy;
            }
            return new Problem(data, sample.blocks(), wrong, tests, verdict, sizes.length);
        });
    }

    private static Dataset redraw(Dataset data, double share, Random random) {
        ClassTargets targets = (ClassTargets) data.targets();
        int[] codes = targets.codes().clone();
        int[] order = MixtureExperiment.permutation(codes.length, random);
        int count = (int) Math.round(share * codes.length);
        for (int i : Arrays.copyOf(order, count)) {
            codes[i] = random.nextInt(targets.classes());
        }
        return data.withTargets(new ClassTargets(codes, targets.names()));
    }

    /** Which labels differ. */
    static boolean[] changed(Dataset before, Dataset after) {
        int[] first = AccuracyCase.codes(before);
        int[] second = AccuracyCase.codes(after);
        boolean[] result = new boolean[first.length];
        IntStream.range(0, result.length).forEach(i -> result[i] = first[i] != second[i]);
        return result;
    }
}
