package dev.assay.predict;

import dev.assay.data.SamplingUnits;
import dev.assay.data.Targets;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Predictors side by side on the same test rows, with bootstrap intervals: rows are drawn again with replacement, the same
 * draws for all predictors, so that differences between them are paired.
 *
 * @param rows how many test rows
 * @param resamples how many draws the intervals rest on
 * @param entries one for each predictor, in the order given
 * @param draws for each predictor every metric on each draw of the rows
 */
public record Evaluation(int rows, int resamples, List<Entry> entries, List<Map<Metric, List<Double>>> draws) {
    /** SamplingUnits for the intervals where nothing else is asked for. */
    public static final int RESAMPLES = 1000;

    /** Copies the lists. */
    public Evaluation {
        entries = List.copyOf(entries);
        draws = List.copyOf(draws);
    }

    /**
     * Something that predicted the test rows.
     *
     * @param name in reports
     * @param predictions of all test rows
     */
    public record Contestant(String name, Predictions predictions) {}

    /**
     * A measured value.
     *
     * @param value on the test rows
     * @param low 2.5 % point over the draws
     * @param high 97.5 % point over the draws
     */
    public record Interval(double value, double low, double high) {}

    /**
     * What a predictor reached.
     *
     * @param name of the predictor
     * @param measures by metric
     * @param againstFirst this predictor's measure minus the first predictor's, by metric; all 0 for the first
     */
    public record Entry(String name, Map<Metric, Interval> measures, Map<Metric, Interval> againstFirst) {
        /** Copies the maps. */
        public Entry {
            measures = Map.copyOf(measures);
            againstFirst = Map.copyOf(againstFirst);
        }

        /**
         * One of the measures.
         *
         * @throws IllegalArgumentException if this kind of prediction has no such measure
         */
        public Interval measure(Metric metric) {
            Interval found = measures.get(metric);
            if (found == null) {
                throw new IllegalArgumentException(metric + " is not measured here, only " + measures.keySet());
            }
            return found;
        }
    }

    /**
     * Measures.
     *
     * @param contestants the first is the one that the others are compared with
     * @param targets the truth, in test row order
     * @param units of the test rows: groups are drawn whole
     * @param resamples draws for the intervals
     * @param seed of the draws
     * @throws IllegalArgumentException if there is no contestant or no test row
     */
    public static Evaluation of(
            List<Contestant> contestants,
            Targets targets,
            SamplingUnits units,
            int resamples,
            long seed,
            Workers workers) {
        int n = targets.size();
        double[] weights = units.weights();
        if (contestants.isEmpty() || n == 0 || resamples < 1) {
            throw new IllegalArgumentException(contestants.size() + " contestants, " + n + " test rows and " + resamples
                    + " draws: expected at least one of each");
        }
        List<Scores> scores = contestants.stream()
                .map(contestant -> Scores.of(contestant.predictions(), targets))
                .toList();
        List<Map<Metric, Double>> values =
                scores.stream().map(score -> score.measure(weights)).toList();
        int[][] drawnTogether = drawnTogether(units);
        List<List<Map<Metric, Double>>> resampled = workers.mapBlocks(resamples, 1, (draw, ignored) -> {
            double[] drawn = drawn(weights, drawnTogether, seed, draw);
            return scores.stream().map(score -> score.measure(drawn)).toList();
        });
        List<Entry> entries = new ArrayList<>();
        List<Map<Metric, List<Double>>> byPredictor = new ArrayList<>();
        for (int k = 0; k < scores.size(); k++) {
            Map<Metric, Interval> measures = new EnumMap<>(Metric.class);
            Map<Metric, Interval> against = new EnumMap<>(Metric.class);
            Map<Metric, List<Double>> drawn = new EnumMap<>(Metric.class);
            for (Metric metric : values.get(k).keySet()) {
                double[] own = new double[resamples];
                double[] difference = new double[resamples];
                for (int draw = 0; draw < resamples; draw++) {
                    own[draw] = of(resampled.get(draw).get(k), metric);
                    difference[draw] = own[draw] - of(resampled.get(draw).get(0), metric);
                }
                double value = of(values.get(k), metric);
                measures.put(metric, interval(value, own));
                against.put(metric, interval(value - of(values.get(0), metric), difference));
                drawn.put(metric, Arrays.stream(own).boxed().toList());
            }
            entries.add(new Entry(contestants.get(k).name(), measures, against));
            byPredictor.add(drawn);
        }
        return new Evaluation(n, resamples, entries, byPredictor);
    }

    /**
     * What a predictor reached.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Entry entry(String name) {
        return entries.get(place(name));
    }

    /**
     * The measure of one predictor minus that of another, paired: both on the same draws.
     *
     * @throws IllegalArgumentException if there is no predictor of such a name, or no such measure
     */
    public Interval difference(String name, String from, Metric metric) {
        int first = place(name);
        int second = place(from);
        double value = entries.get(first).measure(metric).value()
                - entries.get(second).measure(metric).value();
        double[] own = drawn(first, metric);
        double[] other = drawn(second, metric);
        for (int draw = 0; draw < own.length; draw++) {
            own[draw] -= other[draw];
        }
        return interval(value, own);
    }

    private double[] drawn(int predictor, Metric metric) {
        return draws.get(predictor).getOrDefault(metric, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private int place(String name) {
        for (int k = 0; k < entries.size(); k++) {
            if (entries.get(k).name().equals(name)) {
                return k;
            }
        }
        throw new IllegalArgumentException("no predictor is called '" + name + "', only "
                + entries.stream().map(Entry::name).toList());
    }

    private static double of(Map<Metric, Double> measures, Metric metric) {
        return measures.getOrDefault(metric, Double.NaN);
    }

    /** Weights times how often each row was drawn. */
    private static double[] drawn(double[] weights, int[][] units, long seed, int draw) {
        // one generator per draw: the draws do not depend on which thread makes them
        SplittableRandom random = new SplittableRandom(Seeds.child(seed, "resample", draw));
        double[] result = new double[weights.length];
        double total = 0;
        while (!(total > 0)) {
            for (int i = 0; i < units.length; i++) {
                for (int row : units[random.nextInt(units.length)]) {
                    result[row] += weights[row];
                    total += weights[row];
                }
            }
        }
        return result;
    }

    /** The rows that are drawn together: those of a group, or each by itself. */
    private static int[][] drawnTogether(SamplingUnits units) {
        int[] groups = units.groups();
        int n = units.weights().length;
        if (groups == null) {
            return IntStream.range(0, n).mapToObj(i -> new int[] {i}).toArray(int[][]::new);
        }
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
            rows.computeIfAbsent(groups[i], group -> new ArrayList<>()).add(i);
        }
        return rows.values().stream()
                .map(own -> own.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static Interval interval(double value, double[] draws) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        return new Interval(value, quantile(sorted, 0.025), quantile(sorted, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
