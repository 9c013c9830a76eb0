package dev.assay.judge;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What speaks for and against given probabilities having been made out of fold. None of it is proof: a perfect model of easy data agrees with
 * every label too, and a model that knows more than the features in the file may be right where they are silent.
 *
 * @param rows how many
 * @param agreeing rows whose label is the likeliest class
 * @param sure rows whose label has a probability of at least {@value #SURE}
 * @param lonely rows of a sample whose label at most {@value #MOST_COMPANY} of their {@value #NEIGHBOURS} nearest neighbours in the
 *     features has; 0 without features
 * @param lonelyAgreeing of these, whose label is the likeliest class: whoever has not seen the label can hardly know it
 * @param shifts folds whose probabilities of a class miss its labels by far more or less than those of the other folds, the largest first
 */
public record OutOfFoldSigns(int rows, int agreeing, int sure, int lonely, int lonelyAgreeing, List<Shift> shifts) {
    /** From here on a probability is next to certainty. */
    public static final double SURE = 0.99;
    /** Nearest neighbours that are asked. */
    public static final int NEIGHBOURS = 10;

    /** A row is lonely with so many neighbours of its label, or fewer. */
    public static final int MOST_COMPANY = 1;

    private static final int SAMPLE = 2000;
    private static final int FEWEST_LONELY = 40;
    /** On eight tables models out of fold named up to 0.27 of them, forests that had seen them 0.01 to 1, about half of them above the limit. */
    private static final double MOST_AGREEING = 1.0 / 3;

    private static final double MOST_SURE = 0.95;
    private static final int FEWEST_OF_FOLD = 30;
    /** A shift is beyond chance, over many folds and classes, by so many standard errors ... */
    private static final double ERRORS = 5;
    /** ... and matters from this difference on. */
    private static final double SMALLEST_SHIFT = 0.05;

    /**
     * A fold that is unlike the others.
     *
     * @param fold from 0
     * @param code of the class
     * @param labelled share of the fold's rows that are labelled so
     * @param predicted mean probability of the class in the fold
     */
    public record Shift(int fold, int code, double labelled, double predicted) {}

    /** Copies the list. */
    public OutOfFoldSigns {
        shifts = List.copyOf(shifts);
    }

    /**
     * Whether labels that the features cannot explain are known far too often: then the model has learned from the rows themselves, or knows what
     * the file does not say.
     */
    public boolean isMemorised() {
        return lonely >= FEWEST_LONELY && lonelyAgreeing > MOST_AGREEING * lonely;
    }

    /** Whether every label is the likeliest class, next to all of them for certain: easy data, or labels that were seen. */
    public boolean isWithoutFault() {
        return agreeing == rows && sure >= MOST_SURE * rows;
    }

    /**
     * Looks for them; O(n (C + folds)), and where there are features O(m^2 d) for a sample of m = 2,000 rows.
     *
     * @throws dev.assay.data.InvalidInputException if the probabilities are not of these rows
     */
    public static OutOfFoldSigns of(Dataset data, GivenProbabilities given, long seed, Workers workers) {
        given.requireOf(data);
        int[] codes = ((ClassTargets) data.targets()).codes();
        int agreeing = 0;
        int sure = 0;
        for (int i = 0; i < codes.length; i++) {
            agreeing += given.likeliest(i) == codes[i] ? 1 : 0;
            sure += given.values().get(i, codes[i]) >= SURE ? 1 : 0;
        }
        int[] lonely = data.dimension() > 1 ? lonely(data, codes, seed, workers) : new int[0];
        int known = (int)
                IntStream.of(lonely).filter(i -> given.likeliest(i) == codes[i]).count();
        return new OutOfFoldSigns(
                codes.length,
                agreeing,
                sure,
                lonely.length,
                known,
                given.folds() == null ? List.of() : shifts(given, given.folds(), codes));
    }

    /** Rows of a sample whose label hardly any of their neighbours has. */
    private static int[] lonely(Dataset data, int[] codes, long seed, Workers workers) {
        int[] sample = ContentOrder.of(data, workers).sample(SAMPLE, seed);
        Matrix x = data.features().selectRows(sample);
        boolean[] alone = new boolean[sample.length];
        workers.forEachBlock(sample.length, 32, (from, to) -> {
            double[] distances = new double[sample.length];
            for (int i = from; i < to; i++) {
                for (int k = 0; k < sample.length; k++) {
                    distances[k] = k == i ? Double.POSITIVE_INFINITY : squaredDistance(x, i, k);
                }
                double[] sorted = distances.clone();
                Arrays.sort(sorted);
                double farthest = sorted[Math.min(NEIGHBOURS, sorted.length - 1) - 1];
                int company = 0;
                for (int k = 0; k < sample.length && company <= MOST_COMPANY; k++) {
                    company += distances[k] <= farthest && codes[sample[k]] == codes[sample[i]] ? 1 : 0;
                }
                alone[i] = company <= MOST_COMPANY;
            }
        });
        return IntStream.range(0, sample.length)
                .filter(k -> alone[k])
                .map(k -> sample[k])
                .toArray();
    }

    private static double squaredDistance(Matrix x, int i, int k) {
        double sum = 0;
        int first = x.offset(i);
        int second = x.offset(k);
        for (int j = 0; j < x.columns(); j++) {
            double difference = x.values()[first + j] - x.values()[second + j];
            sum += difference * difference;
        }
        return sum;
    }

    private static List<Shift> shifts(GivenProbabilities given, int[] folds, int[] codes) {
        int count = Arrays.stream(folds).max().orElse(0) + 1;
        int classes = given.values().columns();
        int[] sizes = new int[count];
        double[][] labelled = new double[count][classes];
        double[][] predicted = new double[count][classes];
        double[] squares = new double[classes];
        for (int i = 0; i < codes.length; i++) {
            sizes[folds[i]]++;
            for (int c = 0; c < classes; c++) {
                double own = codes[i] == c ? 1 : 0;
                double said = given.values().get(i, c);
                labelled[folds[i]][c] += own;
                predicted[folds[i]][c] += said;
                squares[c] += (own - said) * (own - said);
            }
        }
        List<Shift> shifts = new ArrayList<>();
        int n = codes.length;
        for (int fold = 0; fold < count; fold++) {
            int others = n - sizes[fold];
            if (sizes[fold] < FEWEST_OF_FOLD || others < FEWEST_OF_FOLD) {
                continue;
            }
            for (int c = 0; c < classes; c++) {
                double own = (labelled[fold][c] - predicted[fold][c]) / sizes[fold];
                double rest = 0;
                for (int other = 0; other < count; other++) {
                    rest += other == fold ? 0 : labelled[other][c] - predicted[other][c];
                }
                double difference = Math.abs(own - rest / others);
                double error = Math.sqrt(squares[c] / n * (1.0 / sizes[fold] + 1.0 / others));
                if (difference > SMALLEST_SHIFT && difference > ERRORS * error) {
                    shifts.add(new Shift(fold, c, labelled[fold][c] / sizes[fold], predicted[fold][c] / sizes[fold]));
                }
            }
        }
        shifts.sort(Comparator.comparingDouble((Shift one) -> -Math.abs(one.labelled() - one.predicted())));
        return shifts;
    }
}
