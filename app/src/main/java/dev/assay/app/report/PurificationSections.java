package dev.assay.app.report;

import dev.assay.app.result.Choice;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.FindingWords;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PotentialWords;
import dev.assay.app.result.PurificationTables;
import dev.assay.app.result.QualityWords;
import dev.assay.app.result.RuleWords;
import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.job.Finding;
import dev.assay.job.PurifyMeasures;
import dev.assay.job.PurifyOutcome;
import dev.assay.linalg.Matrix;
import dev.assay.potential.InfluenceMap;
import dev.assay.potential.InfluenceSummary;
import dev.assay.purify.LabelEvidence;
import dev.assay.purify.Purification;
import dev.assay.purify.RemovalCurve;
import dev.assay.purify.RowScores;
import dev.assay.purify.TrajectoryPoint;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The report of {@code diagnose} and {@code purify}. */
public final class PurificationSections {
    private static final List<String> GROUPS = List.of("taken out", "kept");
    private static final int NAMED_GONE = 8;

    private final LoadedData data;
    private final QualitySections quality;
    private final PurifyOutcome outcome;
    private final Purification purification;
    private final @Nullable Finding finding;
    private final PurifyMeasures measures;

    private PurificationSections(
            LoadedData data, DataRemarks about, @Nullable QualityWords quality, PurifyOutcome outcome) {
        this.data = data;
        this.quality = new QualitySections(data, about, quality);
        this.outcome = outcome;
        this.purification = outcome.purification();
        this.finding = outcome.finding();
        this.measures = outcome.measures();
    }

    /**
     * The report of a purification.
     *
     * @param quality what else was looked for; null where the command does not look
     * @param advice what to do next, beside what is to be asked of the data
     * @param run the tree of run.json
     * @param seed decides which rows are sampled
     */
    public static ReportData of(
            LoadedData data,
            DataRemarks about,
            @Nullable QualityWords quality,
            PurifyOutcome outcome,
            List<String> advice,
            Map<String, @Nullable Object> run,
            long seed,
            Workers workers) {
        return new PurificationSections(data, about, quality, outcome).report(about.before(advice), run, seed, workers);
    }

    private ReportData report(List<String> advice, Map<String, @Nullable Object> run, long seed, Workers workers) {
        int removed = purification.removed().length;
        int n = data.dataset().size();
        int[] ranking = purification.bySuspicion();
        int[] suspects = Arrays.copyOf(ranking, Math.min(n, Summaries.suspects(removed)));
        int[] sample = RowMaps.sample(data.dataset(), seed, workers);
        int[] survey = ContentOrder.of(data.dataset(), workers).sample(ColumnSummaries.MOST_ROWS, seed);
        int[][] all = cells(true);
        int[][] rest = cells(false);
        int[] picked = PickedRows.without(suspects, List.of(all, rest));
        ShownRows shown = new ShownRows(
                data,
                Stream.of(suspects, quality.examples(), picked)
                        .flatMapToInt(IntStream::of)
                        .distinct()
                        .toArray(),
                sample,
                survey,
                quality.columns());
        int[] kept =
                IntStream.range(0, n).map(i -> purification.isKept(i) ? 1 : 0).toArray();
        return new ReportData(
                ReportData.FORMAT,
                run,
                headline(advice),
                Summaries.of(data, shown),
                heterogeneity(PickedRows.inFile(data, all), PickedRows.inFile(data, rest)),
                steps(),
                null,
                RowMaps.of(data, sample, kept, GROUPS, shown, workers),
                finding == null ? List.of() : finding.confusions(),
                suspicious(suspects, shown),
                null,
                shown.images(),
                PickedRows.shown(data, picked, kept, GROUPS, shown),
                shown.surveyed().isEmpty()
                        ? null
                        : ColumnSummaries.of(
                                shown.columns(),
                                shown.surveyed(),
                                IntStream.of(survey).map(i -> kept[i]).toArray(),
                                GROUPS,
                                n),
                quality.of(new QualitySections.Beside(outcome.classes(), null, outcome.given()), shown));
    }

    /** Examples that stand for the cells of a picture: of all rows, the kept ones first, or of the kept ones alone. */
    private int[][] cells(boolean whole) {
        PurifyMeasures.Pictures seen = measures.pictures();
        InfluenceMap map = seen == null ? null : whole ? seen.all().map() : seen.kept();
        if (map == null) {
            return new int[0][];
        }
        return PickedRows.ofCells(
                map,
                IntStream.range(0, data.dataset().size())
                        .map(i -> purification.isKept(i) ? 0 : whole ? 1 : -1)
                        .toArray());
    }

    private ReportData.Headline headline(List<String> advice) {
        if (finding != null) {
            return new ReportData.Headline(
                    Choice.key(finding.verdict()), FindingWords.sentence(finding) + ".", advice, figures());
        }
        int removed = purification.removed().length;
        int n = data.dataset().size();
        return new ReportData.Headline(
                removed == 0 ? "alike" : "notAlike",
                Numbers.count(removed) + " of " + Numbers.count(n) + " rows (" + Numbers.percent((double) removed / n)
                        + ") do not look like the rest.",
                advice,
                figures());
    }

    private List<ReportData.Figure> figures() {
        int removed = purification.removed().length;
        int n = data.dataset().size();
        List<ReportData.Figure> figures = new ArrayList<>();
        figures.add(new ReportData.Figure(
                FindingWords.removedRows(finding),
                removed,
                "count",
                Numbers.percent((double) removed / n) + " of all rows"));
        if (data.dataset().dimension() > 1) {
            figures.add(new ReportData.Figure(
                    "of V under shuffled labels",
                    measures.before() / measures.scale().permutedMean(),
                    "share",
                    PotentialWords.sentence(measures.before(), measures.scale())));
        }
        TrajectoryPoint first = purification.trajectory().get(0);
        TrajectoryPoint last = purification.trajectory().get(purification.stop());
        if (!Double.isNaN(last.watchedAccuracy())) {
            boolean classes = data.dataset().targets() instanceof ClassTargets;
            figures.add(new ReportData.Figure(
                    classes ? "accuracy on the test file" : "R² on the test file",
                    last.watchedAccuracy(),
                    classes ? "share" : "number",
                    "with the kept rows; " + Numbers.number(first.watchedAccuracy())
                            + " with all rows; watched, never used"));
        } else {
            figures.add(new ReportData.Figure(
                    finding != null && finding.verdict() == Verdict.NOISY
                            ? "of the labels are wrong, estimated"
                            : "labels that nothing explains, estimated",
                    purification.wrongShare(),
                    "share",
                    "a sum of probabilities: single rows may be of either sort"));
        }
        return figures;
    }

    private ReportData.Heterogeneity heterogeneity(int[][] shownOfAll, int[][] shownOfKept) {
        String meaning = "of the " + Numbers.count(purification.kept().length) + " kept rows";
        PurifyMeasures.Pictures seen = measures.pictures();
        if (seen == null) {
            return new ReportData.Heterogeneity(
                    measures.before(),
                    measures.after(),
                    meaning,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(
                            data.dataset().dimension() == 1
                                    ? "The data has no features, and V is the variance of influences through features."
                                    : "There is no pair of rows whose influence on each other could be measured."));
        }
        InfluenceSummary all = seen.all();
        double scale = InfluencePictures.scale(all.map());
        List<ReportData.InfluencePicture> pictures = new ArrayList<>();
        pictures.add(InfluencePictures.of(
                all.map(),
                "All rows under one model",
                "Row by row, what more weight for one does to the loss of the other; kept rows first, then those that"
                        + " were taken out, each as in the file.",
                List.of("kept", "taken out"),
                scale,
                shownOfAll));
        if (seen.kept() != null) {
            pictures.add(InfluencePictures.of(
                    seen.kept(),
                    "The kept rows under their own model",
                    "The same without the rows that were taken out.",
                    List.of("kept"),
                    scale,
                    shownOfKept));
        }
        List<String> notes =
                InfluencePictures.notes(all.moments(), data.dataset().size(), seen.directions());
        if (measures.paper()) {
            notes.add("V is " + PotentialWords.PAPER + ".");
        } else {
            notes.addAll(PotentialWords.modelSentences(
                    measures.layer(), outcome.settings().learners()));
        }
        return new ReportData.Heterogeneity(
                measures.before(),
                measures.after(),
                meaning,
                InfluencePictures.reference(measures.scale().oneRule()),
                InfluencePictures.reference(measures.scale().permuted()),
                InfluencePictures.moments(all.moments()),
                InfluencePictures.histogram(all.histogram()),
                pictures,
                notes);
    }

    private ReportData.Purification steps() {
        List<ReportData.Point> points = new ArrayList<>();
        boolean followed = !outcome.curve().isEmpty();
        List<TrajectoryPoint> trajectory = followed ? outcome.curve() : purification.trajectory();
        boolean watched = false;
        int removed = 0;
        for (TrajectoryPoint point : trajectory) {
            removed += point.removed().length;
            watched |= !Double.isNaN(point.watchedAccuracy());
            points.add(new ReportData.Point(
                    point.iteration(),
                    removed,
                    point.size(),
                    point.potential(),
                    point.trainingLoss(),
                    point.outOfFoldLoss(),
                    point.heldOutLogLikelihood(),
                    point.watchedAccuracy(),
                    Arrays.stream(point.removed())
                            .limit(NAMED_GONE)
                            .mapToObj(i -> new ReportData.Gone(data.dataset().rows()[i], data.id(i), data.labelText(i)))
                            .toList(),
                    point.removed().length));
        }
        List<String> explanation = purification.explanation();
        return new ReportData.Purification(
                followed ? RemovalCurve.stop(trajectory, purification) : purification.stop(),
                explanation.isEmpty() ? "" : explanation.get(explanation.size() - 1),
                explanation,
                watched ? data.dataset().targets() instanceof ClassTargets ? "accuracy" : "R²" : null,
                points);
    }

    private ReportData.Suspicious suspicious(int[] suspects, ShownRows shown) {
        RowScores scores = purification.scores();
        List<ReportData.Score> names = new ArrayList<>();
        for (ReportData.Score score : List.of(
                score(RowScores.TRUST, "trust", FindingWords.trusted(finding)),
                Summaries.expected(data, "by a model that was not trained with the row"),
                score(RowScores.LOSS, "loss", "of the row under the purified model, in nats"),
                score(RowScores.SELF_INFLUENCE, "self-influence", "how hard the row pulls the model towards itself"),
                score(RowScores.DELTA_VARIANCE, "change of V", "when the row is left out"))) {
            boolean ranks = score.key().equals(purification.recommendedScore());
            if (ranks || Arrays.stream(scores.column(score.key())).anyMatch(value -> !Double.isNaN(value))) {
                names.add(ranks ? 0 : names.size(), score);
            }
        }
        LabelEvidence evidence = LabelEvidence.of(data.dataset());
        // a last layer says nothing of single features
        Matrix model = measures.layer() == null ? purification.fit().model().parameters() : null;
        List<String> sources = data.sources();
        List<ReportData.SuspiciousRow> shownRows = new ArrayList<>();
        for (int i : suspects) {
            shownRows.add(new ReportData.SuspiciousRow(
                    shownRows.size() + 1,
                    data.dataset().rows()[i],
                    shown.line(i),
                    data.id(i),
                    data.labelText(i),
                    Summaries.suggestion(
                            data, PurificationTables.suggestion(data.dataset().targets(), scores, i)),
                    PurificationTables.suggestedProbability(scores, i),
                    !purification.isKept(i),
                    null,
                    sources == null ? null : sources.get(i),
                    names.stream()
                            .mapToDouble(score -> scores.column(score.key())[i])
                            .toArray(),
                    shown.texts(i),
                    model != null && scores.suggested()[i]
                            ? shown.against(i, evidence.effects(model, i, scores.suggestion()[i]))
                            : List.of(),
                    shown.picture(i)));
        }
        return new ReportData.Suspicious(
                data.dataset().size(),
                purification.removed().length,
                FindingWords.removedRows(finding),
                explanation(),
                Summaries.rules(outcome.rules().unexplained()),
                names,
                shownRows);
    }

    private List<String> explanation() {
        List<String> lines = new ArrayList<>(purification.explanation());
        String note = RuleWords.note(outcome.rules());
        if (note != null) {
            lines.add(note);
        }
        return lines;
    }

    private static ReportData.Score score(String key, String title, String meaning) {
        return new ReportData.Score(key, title, meaning, RowScores.isLowSuspicious(key) ? "low" : "high");
    }
}
