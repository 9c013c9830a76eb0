package dev.assay.app.report;

import dev.assay.app.result.Choice;
import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionFacts;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.FindingWords;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PotentialWords;
import dev.assay.app.result.RuleWords;
import dev.assay.compare.BlockInfluence;
import dev.assay.compare.BlockMeasures;
import dev.assay.compare.BlockProfile;
import dev.assay.data.ContentOrder;
import dev.assay.divide.Block;
import dev.assay.divide.Division;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.job.DivideOutcome;
import dev.assay.job.ModelComparison;
import dev.assay.job.RunOutcome;
import dev.assay.linalg.Matrix;
import dev.assay.potential.InfluenceSummary;
import dev.assay.predict.Evaluation;
import dev.assay.purify.LabelEvidence;
import dev.assay.purify.RowScores;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The report of {@code divide} and {@code run}. */
public final class DivisionSections {
    private static final String UNEXPLAINED = "unexplained labels";

    private final Divided divided;
    private final DivideOutcome outcome;
    private final Division division;
    private final LoadedData data;

    private DivisionSections(Divided divided) {
        this.divided = divided;
        this.outcome = divided.outcome();
        this.division = outcome.division();
        this.data = divided.data();
    }

    /**
     * What a run says of the model that it trained.
     *
     * @param tested the model, and what it was measured with
     * @param words how well it does
     * @param rows in words, which rows it was measured with
     */
    public record Tested(RunOutcome.Tested tested, ComparisonWords words, String rows) {}

    /**
     * The report of a division.
     *
     * @param tested the model made of it, or null
     * @param run the tree of run.json
     * @param seed decides which rows are sampled
     */
    public static ReportData of(
            Divided divided,
            @Nullable Tested tested,
            List<String> advice,
            Map<String, @Nullable Object> run,
            long seed,
            Workers workers) {
        return new DivisionSections(divided).report(tested, advice, run, seed, workers);
    }

    private ReportData report(
            @Nullable Tested tested,
            List<String> advice,
            Map<String, @Nullable Object> run,
            long seed,
            Workers workers) {
        int[] suspects = suspects();
        int[] sample = RowMaps.sample(data.dataset(), seed, workers);
        int[] survey = ContentOrder.of(data.dataset(), workers).sample(ColumnSummaries.MOST_ROWS, seed);
        int[] assigned = division.assigned();
        int[][] whole = cells(true);
        int[][] within = cells(false);
        int[] picked = PickedRows.without(suspects, List.of(whole, within));
        ShownRows shown = new ShownRows(
                data,
                IntStream.concat(IntStream.of(suspects), IntStream.of(picked)).toArray(),
                sample,
                survey,
                List.of());
        return new ReportData(
                ReportData.FORMAT,
                run,
                new ReportData.Headline(Choice.key(division.verdict()), sentence(tested), advice, figures(tested)),
                Summaries.of(data, shown),
                heterogeneity(PickedRows.inFile(data, whole), PickedRows.inFile(data, within)),
                null,
                blocks(),
                RowMaps.of(data, sample, assigned, groupNames(), shown, workers),
                outcome.finding().confusions(),
                suspicious(suspects, shown),
                tested == null ? null : PredictionSection.of(tested),
                shown.images(),
                PickedRows.shown(data, picked, assigned, groupNames(), shown),
                shown.surveyed().isEmpty()
                        ? null
                        : ColumnSummaries.of(
                                shown.columns(),
                                shown.surveyed(),
                                IntStream.of(survey).map(i -> assigned[i]).toArray(),
                                groupNames(),
                                data.dataset().size()),
                new QualitySections(data, divided.about(), null)
                        .of(new QualitySections.Beside(outcome.classes(), outcome.overTime(), null), shown));
    }

    /** Examples that stand for the cells of a picture: of all rows, or of those that a block explains. */
    private int[][] cells(boolean all) {
        BlockInfluence influence = outcome.influence();
        if (influence == null) {
            return new int[0][];
        }
        int[] groups = division.assigned().clone();
        for (int i = 0; i < groups.length; i++) {
            // block 0 stands last, or nowhere
            groups[i] = groups[i] > 0 ? groups[i] - 1 : all ? division.blocks().size() : -1;
        }
        return PickedRows.ofCells(all ? influence.whole().map() : influence.within(), groups);
    }

    private String sentence(@Nullable Tested tested) {
        String grade = tested == null ? divided.grade() : tested.words.grade();
        return FindingWords.sentence(outcome.finding()) + (grade.isEmpty() ? "" : "; " + grade) + ".";
    }

    private boolean isNoisy() {
        return division.verdict() == Verdict.NOISY;
    }

    /** Block 0 first. */
    private List<String> groupNames() {
        List<String> names = new ArrayList<>(List.of(UNEXPLAINED));
        for (int k = 1; k <= division.blocks().size(); k++) {
            names.add("block " + k);
        }
        return names;
    }

    private List<ReportData.Figure> figures(@Nullable Tested tested) {
        List<ReportData.Figure> figures = new ArrayList<>();
        int blocks = division.blocks().size();
        figures.add(new ReportData.Figure(
                blocks == 1 ? "block" : "blocks",
                blocks,
                "count",
                division.verdict() == Verdict.TOO_FEW_ROWS
                        ? "what there is to see asks for more rows"
                        : blocks == 1
                                ? "one function explains what can be explained"
                                : "the largest has "
                                        + Numbers.count(division.blocks().get(0).size()) + " of "
                                        + Numbers.count(data.dataset().size()) + " rows"));
        BlockProfile unexplained = outcome.measures().profiles().get(0);
        figures.add(new ReportData.Figure(
                isNoisy() ? "of the labels are wrong" : "labels that nothing explains",
                division.unexplainedShare(),
                "share",
                Numbers.count(unexplained.rows()) + " of "
                        + Numbers.count(data.dataset().size()) + " rows are most likely among them"));
        if (tested != null) {
            ModelComparison comparison = tested.tested.comparison();
            boolean classes = comparison.leading().key().equals("accuracy");
            Evaluation.Interval measure = comparison.measure(comparison.leading());
            figures.add(new ReportData.Figure(
                    classes ? "of unseen rows predicted right" : "R² on unseen rows",
                    measure.value(),
                    classes ? "share" : "number",
                    tested.words.sentence()));
            return figures;
        }
        BlockMeasures measures = outcome.measures();
        figures.add(new ReportData.Figure(
                "of V is left inside the blocks",
                measures.within() / measures.potential(),
                "share",
                "V, the variance of the rows' influence on each other, is " + Numbers.number(measures.potential())
                        + " for all rows and " + Numbers.number(measures.within()) + " inside the blocks"));
        return figures;
    }

    private ReportData.Heterogeneity heterogeneity(int[][] shownWhole, int[][] shownWithin) {
        BlockMeasures measures = outcome.measures();
        BlockInfluence influence = outcome.influence();
        String meaning =
                division.blocks().size() == 1 ? "inside the block" : "inside the blocks (mean over their rows)";
        if (influence == null) {
            return new ReportData.Heterogeneity(
                    measures.potential(),
                    measures.within(),
                    meaning,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of("There is no pair of rows whose influence on each other could be measured."));
        }
        InfluenceSummary whole = influence.whole();
        double scale = InfluencePictures.scale(whole.map());
        List<String> names =
                new ArrayList<>(groupNames().subList(1, groupNames().size()));
        List<ReportData.InfluencePicture> pictures = new ArrayList<>();
        List<String> all = new ArrayList<>(names);
        all.add(UNEXPLAINED);
        pictures.add(InfluencePictures.of(
                whole.map(),
                "All rows under one model",
                "Row by row, what more weight for one does to the loss of the other; rows stand block by block, inside"
                        + " a block as in the file.",
                all,
                scale,
                shownWhole));
        pictures.add(InfluencePictures.of(
                influence.within(),
                "Each block under a model of its own",
                "The same rows, without those that nothing explains; rows of different blocks have no influence on each"
                        + " other any more.",
                names,
                scale,
                shownWithin));
        List<String> notes =
                InfluencePictures.notes(whole.moments(), data.dataset().size(), outcome.influenceDirections());
        notes.addAll(PotentialWords.modelSentences(
                outcome.layer(), outcome.settings().learners()));
        return new ReportData.Heterogeneity(
                measures.potential(),
                measures.within(),
                meaning,
                InfluencePictures.reference(measures.scale().oneRule()),
                InfluencePictures.reference(measures.scale().permuted()),
                InfluencePictures.moments(whole.moments()),
                InfluencePictures.histogram(whole.histogram()),
                pictures,
                notes);
    }

    private ReportData.Blocks blocks() {
        List<ReportData.BlockSummary> list = new ArrayList<>();
        List<BlockProfile> profiles = outcome.measures().profiles();
        List<String> sources = outcome.blockSources();
        BlockProfile unexplained = profiles.get(0);
        list.add(new ReportData.BlockSummary(
                0,
                UNEXPLAINED,
                unexplained.rows(),
                division.unexplainedShare(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                DivisionFacts.classBalance(division, unexplained),
                unexplained.meanTarget(),
                null,
                null,
                unexplained.distinctions(),
                Summaries.rules(outcome.rules().unexplained())));
        for (int k = 0; k < division.blocks().size(); k++) {
            Block block = division.blocks().get(k);
            BlockProfile profile = profiles.get(k + 1);
            list.add(new ReportData.BlockSummary(
                    k + 1,
                    "block " + (k + 1),
                    block.size(),
                    block.share(),
                    profile.potential(),
                    block.accuracy(),
                    block.logLoss(),
                    DivisionFacts.classBalance(division, profile),
                    profile.meanTarget(),
                    block.note().isEmpty() ? null : block.note(),
                    sources.isEmpty() || sources.get(k).isEmpty() ? null : sources.get(k),
                    profile.distinctions(),
                    Summaries.rules(outcome.rules().blocks().get(k))));
        }
        return new ReportData.Blocks(
                list,
                RuleWords.note(outcome.rules()),
                outcome.finding().kinds(),
                "held-out log-likelihood in nats per row, higher is better",
                outcome.sources() == null ? null : DivisionFacts.sources(outcome.sources()));
    }

    /** Rows of block 0 first, then the others. */
    private int[] suspects() {
        int judged = outcome.measures().profiles().get(0).rows();
        return IntStream.of(outcome.bySuspicion())
                .limit(Summaries.suspects(judged))
                .toArray();
    }

    private ReportData.Suspicious suspicious(int[] suspects, ShownRows shown) {
        LabelEvidence evidence = LabelEvidence.of(data.dataset());
        BlockInfluence influence = outcome.influence();
        List<String> sources = data.sources();
        double[] trust = outcome.trust();
        double[] contributions = outcome.measures().contributions();
        List<ReportData.SuspiciousRow> rows = new ArrayList<>();
        for (int i : suspects) {
            Matrix model = influence == null ? null : influence.models().get(division.likeliestBlock(i) - 1);
            rows.add(new ReportData.SuspiciousRow(
                    rows.size() + 1,
                    data.dataset().rows()[i],
                    shown.line(i),
                    data.id(i),
                    data.labelText(i),
                    Summaries.suggestion(data, DivisionTables.suggestion(division, i)),
                    DivisionTables.suggestedProbability(division, i),
                    division.assigned()[i] == 0,
                    division.assigned()[i],
                    sources == null ? null : sources.get(i),
                    isNoisy()
                            ? new double[] {trust[i], division.outOfFoldProbability()[i], contributions[i]}
                            : new double[] {
                                division.outOfFoldProbability()[i],
                                division.posteriors().get(i, 0),
                                contributions[i]
                            },
                    shown.texts(i),
                    model == null || !division.isSuggested(i)
                            ? List.of()
                            : shown.against(i, evidence.effects(model, i, division.suggestion()[i])),
                    shown.picture(i)));
        }
        return new ReportData.Suspicious(
                data.dataset().size(),
                outcome.measures().profiles().get(0).rows(),
                isNoisy() ? FindingWords.removedRows(outcome.finding()) : "rows whose label nothing explains",
                List.of(
                        isNoisy()
                                ? "Rows whose label looks wrong (block 0) come first, then all other rows; the least"
                                        + " trusted labels first."
                                : "Labels that nothing explains (block 0) come first, then all other rows; the least"
                                        + " likely labels first.",
                        "A row's probability is that of its label by experts that had not seen the row.",
                        division.verdict() == Verdict.HOMOGENEOUS || division.verdict() == Verdict.TOO_FEW_ROWS
                                ? "No share of the labels stands out as unexplained, so no row is judged; single"
                                        + " labels may still be wrong, most likely the first of this list."
                                : "What speaks against a label is told by a linear model of the row's block."),
                List.of(),
                scores(),
                rows);
    }

    /** What is said of each row, that by which rows are ranked first. */
    private List<ReportData.Score> scores() {
        ReportData.Score probability = Summaries.expected(data, "by experts that had not seen the row");
        ReportData.Score contribution =
                new ReportData.Score("vContribution", "share in V", "of the influences inside the row's block", "high");
        return isNoisy()
                ? List.of(
                        new ReportData.Score(RowScores.TRUST, "trust", FindingWords.trusted(outcome.finding()), "low"),
                        probability,
                        contribution)
                : List.of(
                        probability,
                        new ReportData.Score(
                                "b_0", "unexplained", "probability that no block explains the label", "high"),
                        contribution);
    }
}
