package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Verdict;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Metric;
import dev.assay.predict.Worth;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One model of two rules, by which rows are predicted and measured. */
class RunRequestTest {
    private static final Workers WORKERS = Workers.of(1);
    private static final DivideSettings SETTINGS = DivideSettings.AUTOMATIC.withMaxBlocks(3);
    private static final List<String> LAPS = new ArrayList<>();
    private static final TrainingData DATA =
            PlantedRules.of(700, 0.4, 0, 1, WORKERS).data();
    private static final RunOutcome MADE = run();

    private static RunOutcome run() {
        return new RunRequest(DATA, null, SETTINGS, "auto").run(WORKERS, Progress.NONE, LAPS::add);
    }

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    @Test
    void twoRulesAreTwoBlocks() {
        DivideOutcome divided = MADE.divided();

        assertThat(divided.division().verdict()).isEqualTo(Verdict.MIXED);
        assertThat(divided.finding().blocks()).hasSize(2);
        assertThat(divided.blockSources()).containsExactly("A", "B");
        assertThat(divided.rules().obstacle()).isNull();
        assertThat(divided.evidence())
                .satisfies(evidence -> assertThat(evidence.mixture()).isGreaterThan(evidence.single()));
    }

    @Test
    void heldOutRowsArePredictedBetterWhereTheirSourceIsKnown() {
        RunOutcome.Tested tested = MADE.tested();

        assertThat(tested.contradiction()).isNull();
        assertThat(tested.heldOut()).hasSize(tested.test().size()).hasSizeBetween(100, 180);
        assertThat(tested.comparison().sourceColumn()).isEqualTo("site");
        assertThat(Objects.requireNonNull(tested.comparison().worth()).way()).isEqualTo(Worth.Way.SOURCE);
        assertThat(tested.comparison().measure(Metric.ACCURACY).value()).isGreaterThan(0.8);
        assertThat(tested.comparison()
                        .evaluation()
                        .entry(ModelSet.ONE)
                        .measure(Metric.ACCURACY)
                        .value())
                .isLessThan(0.75);
    }

    @Test
    void partsAreToldAsTheyAreDone() {
        assertThat(LAPS).containsExactly("divide", "measure", "train", "evaluate");
    }

    @Test
    void rowsArePredictedByTheRuleOfTheBlockThatTheyAreGiven() {
        Matrix row = new Matrix(1, 4, new double[] {2, -2, 0, 1});

        assertThat(predicted(row, new KnownBlocks.OneBlock(1))).isEqualTo("d");
        assertThat(predicted(row, new KnownBlocks.OneBlock(2))).isEqualTo("a");
        assertThat(predicted(row, new KnownBlocks.ByColumn("site", List.of("B"), false)))
                .isEqualTo("a");
        assertThat(predicted(row, new KnownBlocks.ByColumn("block", List.of("1"), true)))
                .isEqualTo("d");
    }

    @Test
    void aFewLabelledRowsTellTheBlock() {
        Dataset few = PlantedRules.of(12, 1, 0, 9, WORKERS).data().dataset();
        Matrix row = new Matrix(1, 4, new double[] {2, -2, 0, 1});

        assertThat(predicted(row, new KnownBlocks.Context(few))).isEqualTo("a");
    }

    private static String predicted(Matrix row, KnownBlocks known) {
        ClassPredictions predictions =
                (ClassPredictions) PredictRequest.usual(MADE.trained().models(), row, known)
                        .run(WORKERS)
                        .predictions();
        return predictions.names().get(predictions.codes()[0]);
    }

    @Test
    void unknownSourcesAreNamedAndRoutedByTheirFeatures() {
        Matrix rows = new Matrix(3, 4, new double[] {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1});
        RoutingPlan plan = PredictRequest.usual(
                        MADE.trained().models(),
                        rows,
                        new KnownBlocks.ByColumn("site", List.of("A", "elsewhere", ""), false))
                .run(WORKERS)
                .plan();

        assertThat(plan.way()).isInstanceOfSatisfying(RoutingPlan.BySource.class, way -> {
            assertThat(way.known()).isEqualTo(1);
            assertThat(way.strangers()).containsExactly("elsewhere");
        });
    }

    @Test
    void unsureRowsAreLeftOut() {
        Matrix rows = new Matrix(2, 4, new double[] {3, -3, 0, 1, 0, 0, 0, 1});
        PredictOutcome outcome =
                new PredictRequest(MADE.trained().models(), rows, new KnownBlocks.OneBlock(1), false, 0.9).run(WORKERS);

        assertThat(outcome.abstained()).containsExactly(false, true);
        assertThat(outcome.silent()).isEqualTo(1);
    }

    /** Law: blocks of rows are predicted as all rows at once, and their way is told of all of them. */
    @Test
    void rowsInBlocksArePredictedAsAllAtOnce() {
        ModelSet models = MADE.trained().models();
        TrainingData other = PlantedRules.of(300, 0.8, 0, 5, WORKERS).data();
        Matrix x = other.dataset().features();
        List<String> sites =
                new ArrayList<>(Objects.requireNonNull(other.sources()).rows());
        sites.set(290, "elsewhere");
        sites.set(20, "");
        // the first block alone would not tell whether these are numbers or sources
        List<String> numbers = new ArrayList<>(Collections.nCopies(300, ""));
        numbers.set(250, "2");
        List<KnownBlocks> ways = List.of(
                new KnownBlocks.Nothing(),
                new KnownBlocks.OneBlock(2),
                new KnownBlocks.ByColumn("site", sites, false),
                new KnownBlocks.ByColumn("block", numbers, true),
                new KnownBlocks.Context(
                        other.dataset().select(IntStream.range(0, 9).toArray())),
                new KnownBlocks.OtherShares());
        for (KnownBlocks known : ways) {
            for (boolean hard : new boolean[] {false, true}) {
                PredictOutcome whole = new PredictRequest(models, x, known, hard, 0.7).run(WORKERS);
                BlockPredictor blocks = new BlockPredictor(models, known, hard, 0.7, WORKERS);
                for (int from = 0; from < 300 && blocks.looksFirst(); from += 100) {
                    blocks.look(x.selectRows(IntStream.range(from, from + 100).toArray()));
                }
                for (int from = 0; from < 300; from += 100) {
                    int[] rows = IntStream.range(from, from + 100).toArray();
                    KnownBlocks own = known instanceof KnownBlocks.ByColumn all
                            ? new KnownBlocks.ByColumn(
                                    all.column(),
                                    all.cells().subList(from, from + 100),
                                    all.named(),
                                    all.values(),
                                    from)
                            : known;
                    PredictOutcome block = blocks.next(x.selectRows(rows), own);
                    assertThat(block.predictions().blocks().values())
                            .isEqualTo(whole.predictions()
                                    .blocks()
                                    .selectRows(rows)
                                    .values());
                    assertThat(((ClassPredictions) block.predictions())
                                    .logProbabilities()
                                    .values())
                            .isEqualTo(((ClassPredictions) whole.predictions())
                                    .logProbabilities()
                                    .selectRows(rows)
                                    .values());
                    assertThat(block.abstained()).isEqualTo(Arrays.copyOfRange(whole.abstained(), from, from + 100));
                }
                assertThat(blocks.plan().way())
                        .usingRecursiveComparison()
                        .isEqualTo(whole.plan().way());
            }
        }
    }

    @Test
    void aBlockThatIsNoneIsNamedByItsRowOfAll() {
        Matrix row = new Matrix(1, 4, new double[] {0, 0, 0, 1});
        KnownBlocks known = new KnownBlocks.ByColumn("b", List.of("seven"), true, Set.of("seven", "1"), 41);
        BlockPredictor blocks = new BlockPredictor(MADE.trained().models(), known, false, null, WORKERS);

        refused(() -> blocks.next(row, known), "column 'b', row 42");
    }

    @Test
    void otherRowsAreMeasuredWithAndWithoutTheirSource() {
        TrainingData other = PlantedRules.of(200, 0.5, 0, 5, WORKERS).data();
        List<String> sites = Objects.requireNonNull(other.sources()).rows();
        EvaluateOutcome outcome = new EvaluateRequest(
                        MADE.trained().models(),
                        new LabelledRows(other.dataset(), sites),
                        new KnownBlocks.ByColumn("site", sites, false),
                        false,
                        null,
                        1)
                .run(WORKERS);
        ModelComparison comparison = outcome.comparison();

        assertThat(comparison.usual()).isEqualTo(ModelComparison.WITH_SOURCE);
        assertThat(comparison.measure(Metric.ACCURACY).value())
                .isGreaterThan(0.15
                        + comparison
                                .evaluation()
                                .entry(ModelComparison.ROUTED)
                                .measure(Metric.ACCURACY)
                                .value());
    }

    @Test
    void whatCannotBeIsRefusedByTheNameOfItsParameter() {
        Dataset rows = DATA.dataset();
        Dataset numbers = rows.withTargets(new RealTargets(new double[rows.size()], 0, 1));
        ModelSet models = MADE.trained().models();
        Matrix row = new Matrix(1, 4, new double[] {0, 0, 0, 1});

        refused(() -> new RunRequest(DATA, null, SETTINGS, "best"), "router is 'best', expected one of: ");
        refused(() -> new RunRequest(DATA, new LabelledRows(numbers, null), SETTINGS, "auto"), "test has labels");
        refused(() -> new LabelledRows(rows, List.of("A")), "sources names the source of 1 rows");
        refused(
                () -> new TrainingData(rows, DATA.encoding(), "y", new Sources("site", List.of("A"))),
                "sources names the source of 1 rows");
        refused(
                () -> PredictRequest.usual(models, new Matrix(1, 3), new KnownBlocks.Nothing()),
                "features has 3 columns, the model takes 4");
        refused(() -> changed(rows, 0, Double.NaN), "dataset, row 2: a feature is NaN, expected finite numbers");
        refused(() -> changed(rows, 3, 0.5), "dataset, row 2: the last feature is 0.5, expected 1, the bias");
        refused(() -> new TrainingData(rows.select(new int[0]), DATA.encoding(), "y", null), "dataset has no rows");
        refused(
                () -> PredictRequest.usual(models, new Matrix(1, 4), new KnownBlocks.Nothing()),
                "features, row 0: the last feature is 0.0, expected 1");
        refused(() -> new KnownBlocks.OneBlock(0), "block is 0");
        refused(
                () -> PredictRequest.usual(models, row, new KnownBlocks.OneBlock(3))
                        .run(WORKERS),
                "block is 3, the model has blocks 1 to 2");
        refused(
                () -> new PredictRequest(models, row, new KnownBlocks.Nothing(), false, 1.5),
                "abstain is 1.5, expected a probability");
        refused(
                () -> PredictRequest.usual(models, row, new KnownBlocks.ByColumn("b", List.of("seven"), true))
                        .run(WORKERS),
                "column 'b', row 1: 'seven' is no block; the model has blocks 1 to 2, also called A, B");
    }

    /** The rows with another value in row 2. */
    private static TrainingData changed(Dataset rows, int feature, double value) {
        Matrix features = rows.features().copy();
        features.set(2, feature, value);
        return new TrainingData(rows.withFeatures(features, rows.featureNames()), DATA.encoding(), "y", null);
    }

    private static void refused(ThrowingCallable request, String message) {
        assertThatThrownBy(request).isInstanceOf(InvalidInputException.class).hasMessageContaining(message);
    }
}
