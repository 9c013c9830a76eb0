package dev.assay.app.report;

import dev.assay.app.result.ClassWords;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.GivenWords;
import dev.assay.app.result.QualityWords;
import dev.assay.app.result.TimeWords;
import dev.assay.compare.BlocksOverTime;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.TargetLeakage;
import dev.assay.io.read.LoadedData;
import dev.assay.job.GivenMeasures;
import dev.assay.predict.Reliability;
import dev.assay.purify.MinimumSampleSize;
import dev.assay.quality.ClassRecall;
import dev.assay.quality.FeatureOutliers;
import dev.assay.quality.NearDuplicates;
import dev.assay.quality.OrderDrift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is odd in rows, columns, classes and order, each beside what chance gives. */
final class QualitySections {
    private static final int MOST_CLUSTERS = 20;
    private static final int ROWS_OF_A_CLUSTER = 6;
    private static final int COLUMNS_OF_A_CLUSTER = 8;
    private static final int MOST_CLASSES = 60;
    private static final int MOST_DRIFTS = 30;

    private final LoadedData data;
    private final Dataset dataset;
    private final DataRemarks about;
    private final @Nullable QualityWords words;
    private final List<int[]> clusters;

    /**
     * Of a run.
     *
     * @param words what was looked for beside wrong labels; null where the command does not look
     */
    QualitySections(LoadedData data, DataRemarks about, @Nullable QualityWords words) {
        this.data = data;
        this.dataset = data.dataset();
        this.about = about;
        this.words = words;
        NearDuplicates near =
                words == null ? null : words.quality().nearDuplicates().found();
        this.clusters = near == null || !near.areMoreThanChance() ? List.of() : clusters(near);
    }

    /**
     * Parts that not every command has.
     *
     * @param classes null for numbers
     * @param overTime null without times or blocks
     * @param given null where no probabilities were given
     */
    record Beside(
            @Nullable ClassRecall classes,
            @Nullable BlocksOverTime overTime,
            @Nullable GivenMeasures given) {}

    /** The rows that are shown. */
    int[] examples() {
        FeatureOutliers far = words == null ? null : words.quality().outliers().found();
        IntStream farthest =
                far == null ? IntStream.empty() : far.farthest().stream().mapToInt(FeatureOutliers.FarRow::example);
        return IntStream.concat(
                        farthest,
                        clusters.stream()
                                .flatMapToInt(rows -> IntStream.of(rows).limit(ROWS_OF_A_CLUSTER)))
                .toArray();
    }

    /** Columns whose values are told of single rows. */
    List<String> columns() {
        FeatureOutliers far = words == null ? null : words.quality().outliers().found();
        return far == null
                ? List.of()
                : far.farthest().stream()
                        .flatMap(row -> row.columns().stream())
                        .map(FeatureOutliers.Term::column)
                        .distinct()
                        .toList();
    }

    ReportData.Quality of(Beside beside, ShownRows shown) {
        boolean pictured = shown.images() != null;
        return new ReportData.Quality(
                words == null ? null : outliers(words, shown),
                words == null ? null : nearDuplicates(words, shown),
                classes(beside.classes, beside.given != null),
                pictured && about.leaks().isEmpty() ? null : leaks(),
                words == null ? null : order(words),
                overTime(beside.overTime),
                given(beside.given));
    }

    private ReportData.Outliers outliers(QualityWords said, ShownRows shown) {
        FeatureOutliers found = said.quality().outliers().found();
        QualityWords.Said in = said.outliers();
        if (found == null) {
            return new ReportData.Outliers(in.sentence(), in.advice(), null, List.of());
        }
        FeatureOutliers.Histogram histogram = found.histogram();
        return new ReportData.Outliers(
                in.sentence(),
                in.advice(),
                new ReportData.ScoreHistogram(
                        histogram.low(),
                        histogram.width(),
                        histogram.rows(),
                        histogram.shuffled(),
                        found.fence(),
                        found.beyond(),
                        found.expected(),
                        found.shuffledRows(),
                        found.divides()),
                found.farthest().stream()
                        .map(row -> new ReportData.FarRow(
                                dataset.rows()[row.example()],
                                shown.line(row.example()),
                                data.id(row.example()),
                                data.labelText(row.example()),
                                found.scores()[row.example()],
                                found.chances()[row.example()],
                                row.columns().stream()
                                        .map(term -> new ReportData.Term(
                                                term.column(), shown.value(row.example(), term.column()), term.nats()))
                                        .toList(),
                                shown.texts(row.example())))
                        .toList());
    }

    /** Rows of the clusters that are shown: those of several labels first, then the largest, then in order. */
    private List<int[]> clusters(NearDuplicates near) {
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        IntStream.range(0, dataset.size())
                .filter(i -> near.clusterOf()[i] > 0)
                .forEach(i -> rows.computeIfAbsent(near.clusterOf()[i], none -> new ArrayList<>())
                        .add(i));
        return rows.values().stream()
                .map(one -> one.stream().mapToInt(Integer::intValue).toArray())
                .sorted(Comparator.comparing((int[] one) -> !disagrees(one)).thenComparing(one -> -one.length))
                .limit(MOST_CLUSTERS)
                .toList();
    }

    private boolean disagrees(int[] rows) {
        return dataset.targets() instanceof ClassTargets classes
                && IntStream.of(rows).map(i -> classes.codes()[i]).distinct().count() > 1;
    }

    private ReportData.NearDuplicates nearDuplicates(QualityWords said, ShownRows shown) {
        NearDuplicates found = said.quality().nearDuplicates().found();
        QualityWords.Said in = said.nearDuplicates();
        if (found == null) {
            return new ReportData.NearDuplicates(in.sentence(), in.advice(), null, List.of());
        }
        return new ReportData.NearDuplicates(
                in.sentence(),
                in.advice(),
                new ReportData.NearCounts(
                        found.areMoreThanChance(),
                        found.clusters(),
                        found.rows(),
                        found.searched(),
                        found.expectedShuffled(),
                        found.expectedSmooth(),
                        found.labels().disagreeing(),
                        found.labels().expected(),
                        found.labels().within(),
                        found.labels().overall()),
                clusters.stream()
                        .map(rows -> cluster(found.clusterOf()[rows[0]], rows, shown))
                        .toList());
    }

    private ReportData.Cluster cluster(int number, int[] all, ShownRows shown) {
        int[] rows = IntStream.of(all).limit(ROWS_OF_A_CLUSTER).toArray();
        List<String> columns = shown.texts(rows[0]).isEmpty() ? List.of() : shown.columns();
        int[] differing = IntStream.range(0, columns.size())
                .filter(column -> IntStream.of(rows)
                                .mapToObj(i -> shown.texts(i).get(column))
                                .distinct()
                                .count()
                        > 1)
                .toArray();
        int[] told = IntStream.of(differing).limit(COLUMNS_OF_A_CLUSTER).toArray();
        return new ReportData.Cluster(
                number,
                all.length,
                disagrees(all),
                IntStream.of(told).mapToObj(columns::get).toList(),
                differing.length - told.length,
                columns.size() - differing.length,
                IntStream.of(rows)
                        .mapToObj(i -> new ReportData.ClusterRow(
                                dataset.rows()[i],
                                shown.line(i),
                                data.id(i),
                                data.labelText(i),
                                IntStream.of(told)
                                        .mapToObj(column -> shown.texts(i).get(column))
                                        .toList(),
                                shown.picture(i)))
                        .toList());
    }

    private ReportData.@Nullable ClassTable classes(@Nullable ClassRecall found, boolean given) {
        if (found == null || !(dataset.targets() instanceof ClassTargets targets)) {
            return null;
        }
        List<ClassRecall.OfClass> sorted = found.classes().stream()
                .sorted(Comparator.comparingInt((ClassRecall.OfClass one) -> -one.rows()))
                .toList();
        int half = MOST_CLASSES / 2;
        List<ClassRecall.OfClass> shown = sorted.size() <= MOST_CLASSES
                ? sorted
                : Stream.concat(
                                sorted.subList(0, half).stream(),
                                sorted.subList(sorted.size() - half, sorted.size()).stream())
                        .toList();
        boolean enough = dataset.size() >= MinimumSampleSize.ROWS;
        String untold = ClassWords.untold(targets, found);
        String few = DataRemarks.rareClasses(data);
        String rare = few == null ? null : few + " Collect more before you rely on what is said of so few.";
        return new ReportData.ClassTable(
                ClassWords.sentence(
                        targets, found, given ? "The given probabilities" : "Experts that had not seen the rows"),
                untold == null ? rare : rare == null ? untold : rare + " " + untold,
                given,
                found.classes().size(),
                found.accuracy(),
                found.largestShare(),
                shown.stream()
                        .map(one -> new ReportData.ClassRow(
                                targets.names().get(one.code()),
                                one.rows(),
                                one.share(),
                                enough && one.rows() < DataRemarks.MEASURABLE,
                                one.recall(),
                                one.chance()))
                        .toList());
    }

    private ReportData.@Nullable TellingColumns leaks() {
        String sentence = about.tellingSentence(dataset.targets());
        return sentence == null
                ? null
                : new ReportData.TellingColumns(
                        sentence, about.leakAdvice(), TargetLeakage.limit(dataset.targets()), about.telling());
    }

    private static ReportData.FileOrder order(QualityWords said) {
        OrderDrift found = said.quality().orderDrift().found();
        QualityWords.Said in = said.orderDrift();
        return found == null
                ? new ReportData.FileOrder(in.sentence(), in.advice(), 0, List.of(), List.of())
                : new ReportData.FileOrder(
                        in.sentence(),
                        in.advice(),
                        found.rows(),
                        found.columns().stream().limit(MOST_DRIFTS).toList(),
                        found.courses());
    }

    private ReportData.@Nullable OverTime overTime(@Nullable BlocksOverTime found) {
        return found == null
                ? null
                : new ReportData.OverTime(
                        TimeWords.sentence(found),
                        found.column(),
                        found.follows(),
                        found.chance(),
                        found.periods().stream()
                                .map(period -> new ReportData.Period(
                                        TimeWords.text(period.from(), data.times()),
                                        TimeWords.text(period.to(), data.times()),
                                        period.rows(),
                                        period.shares()))
                                .toList(),
                        found.overall());
    }

    private ReportData.@Nullable GivenProbabilities given(@Nullable GivenMeasures found) {
        dev.assay.data.GivenProbabilities probabilities = data.forJob().probabilities();
        if (found == null || probabilities == null || !(dataset.targets() instanceof ClassTargets targets)) {
            return null;
        }
        Reliability reliability = found.reliability();
        int[] predicted =
                IntStream.range(0, dataset.size()).map(probabilities::likeliest).toArray();
        return new ReportData.GivenProbabilities(
                GivenWords.remarks(data, found),
                reliability.accuracy(),
                reliability.temperature(),
                reliability.given(),
                reliability.calibrated(),
                List.of(
                        new ReportData.Calibration(
                                "as given", reliability.givenCurve().bins()),
                        new ReportData.Calibration(
                                "at that temperature",
                                reliability.calibratedCurve().bins())),
                Confusions.of(targets, Map.of("the given probabilities", predicted)));
    }
}
