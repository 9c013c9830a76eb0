package dev.assay.app.report;

import dev.assay.app.result.DataRemarks;
import dev.assay.compare.Distinction;
import dev.assay.divide.Candidate;
import dev.assay.job.Finding;
import dev.assay.predict.Evaluation;
import dev.assay.predict.Reliability;
import dev.assay.predict.ReliabilityCurve;
import dev.assay.quality.ColumnCourse;
import dev.assay.quality.OrderDrift;
import dev.assay.rules.Proportion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows: report.json, and what report.html holds. Numbers are as they were computed, the page rounds them; NaN
 * and null mean that something is not known. The schema ReportData in openapi.json says the same; a test compares them.
 *
 * @param format of this tree
 * @param run the tree of run.json
 * @param headline what a stranger reads first
 * @param data what was read
 * @param heterogeneity how mixed it is
 * @param purification of diagnose and purify
 * @param blocks of divide and run
 * @param map a flat picture of the rows, or null
 * @param confusions which classes are taken for which, the most frequent first; empty where the data is not noisy
 * @param suspicious the rows that do not fit the rest
 * @param prediction of run
 * @param images the pictures that the others refer to, or null where rows are none
 * @param rows those that pictures lead to and that are not among the suspicious ones
 * @param columns what is in the columns of a table, group by group; null for arrays
 * @param quality what is odd in rows, columns, classes and order, labels aside
 */
public record ReportData(
        int format,
        Map<String, @Nullable Object> run,
        Headline headline,
        DataSummary data,
        Heterogeneity heterogeneity,
        @Nullable Purification purification,
        @Nullable Blocks blocks,
        @Nullable RowMap map,
        List<Finding.NamedConfusion> confusions,
        Suspicious suspicious,
        @Nullable Prediction prediction,
        @Nullable Images images,
        List<PickedRow> rows,
        @Nullable Columns columns,
        Quality quality) {
    /** The first format. */
    public static final int FORMAT = 1;

    /** Verdict in one sentence, what to do next, and the numbers that carry it. */
    public record Headline(String verdict, String sentence, List<String> next, List<Figure> numbers) {}

    /** A number; kind is share, count or number. */
    public record Figure(String label, double value, String kind, String note) {}

    /** What was read; columns are those whose values are shown of a row. */
    public record DataSummary(
            String name,
            int rows,
            int features,
            String label,
            String task,
            List<String> classes,
            List<String> columns) {}

    /** V on its scale, the distribution of X, and X as pictures. */
    public record Heterogeneity(
            double potential,
            double after,
            String afterMeaning,
            @Nullable Reference homogeneous,
            @Nullable Reference permuted,
            @Nullable Moments moments,
            @Nullable Histogram histogram,
            List<InfluencePicture> influence,
            List<String> notes) {}

    /** V of other targets: mean and standard deviation over draws. */
    public record Reference(double mean, double deviation, int draws) {}

    /** Moments of X over pairs; errors are 0 where they are exact. */
    public record Moments(
            double mean,
            double variance,
            double skewness,
            double excessKurtosis,
            double skewnessError,
            double excessKurtosisError,
            long pairs) {}

    /** Shares of pairs in bins of equal width, and outside of them. */
    public record Histogram(
            double low, double width, double[] shares, double below, double above, long pairs, boolean sampled) {}

    /**
     * X as cells of one signed byte, base64, row by row; -127 and 127 are minus and plus {@code scale} or beyond. A few rows of
     * the file stand for each cell of a side.
     */
    public record InfluencePicture(
            String title,
            String caption,
            int size,
            int rows,
            @Nullable Integer sampled,
            List<Group> groups,
            double scale,
            String cells,
            int[][] shown) {}

    /** Cells of an influence picture, from (included) to (excluded). */
    public record Group(String name, int from, int to) {}

    /** What was removed, step by step. */
    public record Purification(
            int stop,
            String reason,
            List<String> explanation,
            @Nullable String watched,
            List<Point> points) {}

    /** A purification after so many removals. */
    public record Point(
            int iteration,
            int removed,
            int size,
            double potential,
            double trainingLoss,
            double outOfFoldLoss,
            double heldOutLogLikelihood,
            double watchedAccuracy,
            List<Gone> gone,
            int goneCount) {}

    /** A row that was removed. */
    public record Gone(int row, String id, String label) {}

    /** Blocks 0 to K, the evidence for their number, and known sources. */
    public record Blocks(
            List<BlockSummary> list,
            @Nullable String rulesNote,
            List<Candidate> evidence,
            String evidenceUnit,
            @Nullable Map<String, @Nullable Object> sources) {}

    /** One block; block 0 are the labels that nothing explains. */
    public record BlockSummary(
            int block,
            String name,
            int size,
            double share,
            double potential,
            double accuracy,
            double logLoss,
            @Nullable Map<String, @Nullable Object> classBalance,
            double meanTarget,
            @Nullable String note,
            @Nullable String source,
            List<Distinction> distinctions,
            List<RuleSummary> rules) {}

    /** A set of rows told in conditions; all figures are of rows that had no part in finding it. */
    public record RuleSummary(
            String text, Proportion coverage, Proportion precision, double baseRate, int rows, int heldOutRows) {}

    /** A sample of the rows in two dimensions. */
    public record RowMap(
            String method,
            List<Axis> axes,
            double[] x,
            double[] y,
            int[] row,
            int[] block,
            List<String> groups,
            double[] label,
            int @Nullable [] source,
            List<String> sourceNames,
            int @Nullable [] image,
            int total) {}

    /** A direction: its share of the variance and the features that it weighs most. */
    public record Axis(double share, List<String> features) {}

    /** The rows that do not fit the rest, the most suspicious first; meaning is what those are that were judged to be so. */
    public record Suspicious(
            int total,
            int judged,
            String meaning,
            List<String> explanation,
            List<RuleSummary> rules,
            List<Score> scores,
            List<SuspiciousRow> rows) {}

    /** A score of rows; suspicious is low or high. */
    public record Score(String key, String title, String meaning, String suspicious) {}

    /** A row, its label, and what speaks against it. */
    public record SuspiciousRow(
            int rank,
            int row,
            @Nullable Long line,
            String id,
            String label,
            String suggested,
            double probability,
            boolean judged,
            @Nullable Integer block,
            @Nullable String source,
            double[] scores,
            List<String> values,
            List<Against> against,
            int image) {}

    /** A value that speaks against the label, in nats. */
    public record Against(String column, String value, double effect) {}

    /** A row that a picture leads to; group as in the map of the rows. */
    public record PickedRow(
            int row,
            @Nullable Long line,
            String id,
            String label,
            String group,
            @Nullable String source,
            List<String> values,
            int image) {}

    /** Columns, counted in a sample of the rows, group by group. */
    public record Columns(int sampled, int total, List<String> groups, int[] groupSizes, List<Column> list) {}

    /** One column: missing values of each group, and either numbers or levels. */
    public record Column(
            String name,
            int[] missing,
            int distinct,
            @Nullable Numbers numbers,
            List<Level> levels,
            int[] otherLevels) {}

    /** A distribution in bins of equal width; counts by bin and group. */
    public record Numbers(
            double smallest, double median, double mean, double largest, double low, double width, int[][] counts) {}

    /** A value and how often it is there, group by group. */
    public record Level(String value, int[] counts) {}

    /** Pictures, one after the other, base64. */
    public record Images(int width, int height, int channels, int count, String pixels) {}

    /** How well the models predict. */
    public record Prediction(
            String rows,
            String sentence,
            List<Model> models,
            List<MeasureName> metrics,
            @Nullable Confusion confusion,
            @Nullable List<Calibration> calibration,
            @Nullable Fits fits,
            List<Abstention> abstention,
            RouterSummary router) {}

    /** A model by its name in run.json, and its measures. */
    public record Model(
            String model,
            String title,
            Map<String, Evaluation.Interval> measures,
            Map<String, Evaluation.Interval> minusRoutedExperts) {}

    /** What is measured. */
    public record MeasureName(String key, String title, boolean higherIsBetter) {}

    /** Who is taken for whom. */
    public record Confusion(List<String> classes, List<ConfusedModel> models) {}

    /** counts[true][predicted] of one model. */
    public record ConfusedModel(String title, int[][] counts) {}

    /** Whether probabilities mean what they say. */
    public record Calibration(String title, List<ReliabilityCurve.Bin> bins) {}

    /** Numbers as predicted, for a sample of the test rows. */
    public record Fits(double[] truth, double[] predicted, double[] deviation, int total) {}

    /** How good the rest is when the least sure rows are left out; metric as in {@link dev.assay.app.result.ComparisonWords#name}. */
    public record Abstention(String title, String metric, List<AbstentionPoint> points) {}

    /** One share left out. */
    public record AbstentionPoint(double share, double threshold, double value) {}

    /** What the router knows. */
    public record RouterSummary(
            String name,
            List<String> explanation,
            double informationNats,
            double informationShare,
            List<Map<String, @Nullable Object>> contenders) {}

    /**
     * What else there is to see; a part is null where the command does not look for it, and holds nothing but its sentence where it was switched off
     * or cannot be looked for.
     */
    public record Quality(
            @Nullable Outliers outliers,
            @Nullable NearDuplicates nearDuplicates,
            @Nullable ClassTable classes,
            @Nullable TellingColumns leaks,
            @Nullable FileOrder order,
            @Nullable OverTime overTime,
            @Nullable GivenProbabilities given) {}

    /** Rows far out in their features, the farthest first. */
    public record Outliers(
            String sentence,
            @Nullable String advice,
            @Nullable ScoreHistogram histogram,
            List<FarRow> rows) {}

    /** Rows in bins of equal width of the score, beside rows of shuffled columns; the fence is what one of these in 1,000 exceeds. */
    public record ScoreHistogram(
            double low,
            double width,
            int[] rows,
            int[] shuffled,
            double fence,
            int beyond,
            double expected,
            int shuffledRows,
            boolean divides) {}

    /** A row far out; chance is the share of shuffled rows as far out. */
    public record FarRow(
            int row,
            @Nullable Long line,
            String id,
            String label,
            double score,
            double chance,
            List<Term> columns,
            List<String> values) {}

    /** A value, null where it is not told, and its part of a score in nats. */
    public record Term(String column, @Nullable String value, double nats) {}

    /** Rows that are next to equal; clusters of several labels first, then the largest. */
    public record NearDuplicates(
            String sentence,
            @Nullable String advice,
            @Nullable NearCounts counts,
            List<Cluster> clusters) {}

    /** How many there are, and by chance; deviations of labels are null where these are classes. */
    public record NearCounts(
            boolean moreThanChance,
            int clusters,
            int rows,
            int searched,
            double expectedShuffled,
            double expectedSmooth,
            int disagreeing,
            double expectedDisagreeing,
            double deviationWithin,
            double deviation) {}

    /** Some rows of a cluster in the columns in which they differ; unshown are further such columns. */
    public record Cluster(
            int number,
            int size,
            boolean disagrees,
            List<String> columns,
            int unshown,
            int equal,
            List<ClusterRow> rows) {}

    /** A row of a cluster. */
    public record ClusterRow(int row, @Nullable Long line, String id, String label, List<String> values, int image) {}

    /** The classes, the most frequent first; of very many the largest and the smallest. They are predicted by experts, or by what was given. */
    public record ClassTable(
            String sentence,
            @Nullable String advice,
            boolean given,
            int total,
            double accuracy,
            double largestShare,
            List<ClassRow> list) {}

    /** A class; chance is what recall would be if predictions had nothing to do with labels. */
    public record ClassRow(
            String name,
            int rows,
            double share,
            boolean rare,
            @Nullable Proportion recall,
            double chance) {}

    /** What single columns tell of the label, the one that tells most first. */
    public record TellingColumns(
            String sentence, @Nullable String advice, double limit, List<DataRemarks.TellingColumn> list) {}

    /** What changes along the file. */
    public record FileOrder(
            String sentence,
            @Nullable String advice,
            int rows,
            List<OrderDrift.ColumnDrift> columns,
            List<ColumnCourse> courses) {}

    /** Shares of the blocks over time; overall in all periods together. */
    public record OverTime(
            String sentence, String column, boolean follows, double chance, List<Period> periods, double[] overall) {}

    /** A stretch of time, and the shares of the blocks in it. */
    public record Period(String from, String to, int rows, double[] shares) {}

    /** Probabilities that were given, beside the labels as they are. */
    public record GivenProbabilities(
            List<String> remarks,
            double accuracy,
            double temperature,
            Reliability.Measured given,
            Reliability.Measured calibrated,
            List<Calibration> calibration,
            Confusion confusion) {}
}
