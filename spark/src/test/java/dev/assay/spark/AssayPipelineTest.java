package dev.assay.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.Assay;
import dev.assay.Prediction;
import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The estimators, on executors, against what was planted and against Assay on one machine. */
@ExtendWith(SparkCluster.class)
final class AssayPipelineTest {
    private static final StructType TABLE = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType)
            .add("c", DataTypes.DoubleType)
            .add("label", DataTypes.StringType)
            .add("wrong", DataTypes.BooleanType);

    /** One rule, every eighth label turned round; the third feature says nothing. */
    private static List<Row> noisy(int n) {
        SplittableRandom random = new SplittableRandom(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double a = random.nextGaussian();
            double b = 100 + 3 * random.nextGaussian();
            double c = random.nextInt(2);
            boolean wrong = i % 8 == 0;
            boolean yes = 3 * a - (b - 100) > 0;
            rows.add(RowFactory.create(i, a, b, c, yes == wrong ? "no" : "yes", wrong));
        }
        return rows;
    }

    private static Dataset<Row> frame(List<Row> rows, StructType schema, int partitions) {
        return SparkCluster.session().createDataFrame(SparkCluster.context().parallelize(rows, partitions), schema);
    }

    private static VectorAssembler assembler(String... columns) {
        return new VectorAssembler().setInputCols(columns).setOutputCol("features");
    }

    private static AssayPurifier purifier() {
        return new AssayPurifier().setTrees(false).setRouter("prior");
    }

    @Test
    void wrongLabelsAreFoundWhateverThePartitionsAndTheOrderOfTheRowsAlsoOnceStored(@TempDir Path folder)
            throws IOException {
        List<Row> rows = noisy(600);
        Dataset<Row> data = assembler("a", "b", "c").transform(frame(rows, TABLE, 3));

        AssayPurifierModel model = purifier().setSampleRows(300).fit(data);
        List<Row> judged = model.transform(data).collectAsList();

        assertThat(model.verdict()).isEqualTo("noisy");
        assertThat(Integer.parseInt(model.origin().get("sampleRows"))).isBetween(290, 300);
        assertThat(judged).hasSize(600);
        int found = 0;
        int removed = 0;
        for (Row row : judged) {
            boolean out = !row.<Boolean>getAs("kept");
            boolean wrong = row.getAs("wrong");
            removed += out ? 1 : 0;
            found += out && wrong ? 1 : 0;
            assertThat(row.<Double>getAs("trust") < 0.5).isEqualTo(out);
            assertThat(row.<String>getAs("suggestedLabel"))
                    .isEqualTo(!out ? null : row.getAs("label").equals("yes") ? "no" : "yes");
        }
        // a row next to the border cannot be told
        assertThat(found).isGreaterThan(58);
        assertThat(removed - found).isLessThan(15);
        assertThat(model.keptPotential()).isLessThan(model.potential());
        assertThat(model.removedShare()).isCloseTo(removed / 600.0, within(1e-9));

        String path = folder.resolve("model").toUri().toString();
        model.write().save(path);
        AssayPurifierModel stored = AssayPurifierModel.load(path);
        assertThat(stored.transform(data).collectAsList()).isEqualTo(judged);
        assertThat(stored.potential()).isEqualTo(model.potential());
        assertSameVerdict(model, data, judged, rows);
    }

    /** Other partitions, and the rows in the opposite order. */
    private static void assertSameVerdict(
            AssayPurifierModel first, Dataset<Row> some, List<Row> expected, List<Row> rows) {
        Dataset<Row> other = assembler("a", "b", "c").transform(frame(reversed(rows), TABLE, 2));

        AssayPurifierModel second = purifier().setSampleRows(300).fit(other);

        assertThat(second.origin()).isEqualTo(first.origin());
        assertThat(second.potential()).isCloseTo(first.potential(), within(1e-9 * first.potential()));
        List<Row> result = second.transform(some).collectAsList();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(result.get(i).<Double>getAs("trust"))
                    .isEqualTo(expected.get(i).<Double>getAs("trust"));
            for (String score : List.of("loss", "selfInfluence", "deltaVariance")) {
                assertThat(result.get(i).<Double>getAs(score))
                        .isCloseTo(expected.get(i).<Double>getAs(score), within(1e-6));
            }
        }
    }

    private static List<Row> reversed(List<Row> rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(rows.size() - 1 - i))
                .toList();
    }

    private static final StructType NUMBERS = new StructType()
            .add("x", DataTypes.DoubleType)
            .add("z", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("source", DataTypes.IntegerType);

    /** Two rules of opposite slopes, which z tells apart. */
    private static List<Row> mixed(int n) {
        SplittableRandom random = new SplittableRandom(6);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            int source = i % 3 == 0 ? 2 : 1;
            double z = (source == 1 ? -2 : 2) + 0.5 * random.nextGaussian();
            rows.add(RowFactory.create(x, z, (source == 1 ? 4 : -4) * x + 0.2 * random.nextGaussian(), source));
        }
        return rows;
    }

    @Test
    void aPipelineDividesSavesAndIsReadByAssayOnOneMachine(@TempDir Path folder) throws IOException {
        Dataset<Row> data = frame(mixed(300), NUMBERS, 3);
        AssayDivider divider = new AssayDivider()
                .setLabelCol("y")
                .setTask(AssayParams.REGRESSION)
                .setTrees(false)
                .setMaxBlocks(2)
                .setSampleRows(200)
                .setPredictionCol("said");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {assembler("x", "z"), divider});

        PipelineModel fitted = pipeline.fit(data);
        AssayDividerModel model = (AssayDividerModel) fitted.stages()[1];
        List<Row> divided = fitted.transform(data).collectAsList();

        assertThat(model.verdict()).isEqualTo("mixed");
        assertThat(model.blocks()).isEqualTo(2);
        assertThat(divided.stream()
                        .filter(row -> row.<Integer>getAs("block").equals(row.getAs("source")))
                        .count())
                .isGreaterThan(275);

        String path = folder.resolve("saved").toUri().toString();
        fitted.write().save(path);
        List<Row> again = PipelineModel.load(path).transform(data).collectAsList();
        List<Row> unlabelled = fitted.transform(data.drop("y"))
                .select("said", "block", "posteriors")
                .collectAsList();
        model.saveLocally(folder.resolve("local"));
        List<Prediction> local = Assay.load(folder.resolve("local"))
                .predict(divided.stream()
                        .map(row -> Map.of("x", row.<Double>getAs("x"), "z", row.<Double>getAs("z")))
                        .toList());
        AssayDividerModel back =
                AssayDividerModel.ofFolder(folder.resolve("local")).setPredictionCol("said");
        List<Row> fromFolder =
                back.transform(assembler("x", "z").transform(data.drop("y"))).collectAsList();
        for (int i = 0; i < divided.size(); i++) {
            double said = divided.get(i).getAs("said");
            assertThat(again.get(i)).isEqualTo(divided.get(i));
            assertThat(unlabelled.get(i).<Double>getAs("said")).isEqualTo(said);
            assertThat(unlabelled.get(i).<Vector>getAs("posteriors").apply(0)).isZero();
            assertThat(local.get(i).number().orElseThrow()).isCloseTo(said, within(1e-9));
            assertThat(fromFolder.get(i).<Double>getAs("said")).isEqualTo(said);
        }
    }

    @Test
    void parametersAreCopiedSavedAndLoaded(@TempDir Path folder) throws IOException {
        String path = folder.resolve("purifier").toUri().toString();
        AssayPurifier purifier = purifier().setSeed(7).setWeightCol("importance");

        purifier.write().save(path);
        AssayPurifier loaded = AssayPurifier.load(path);

        assertThat(loaded.copy(ParamMap.empty()).explainParams()).isEqualTo(purifier.explainParams());
        assertThat(loaded.getOrDefault(loaded.seed())).isEqualTo(7L);
        assertThatThrownBy(() -> purifier.setRouter("nowhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeLearnedFromIsToldInOneLine() {
        Dataset<Row> data = assembler("a", "b", "c").transform(frame(noisy(40), TABLE, 1));

        assertThatThrownBy(() -> purifier().setFeaturesCol("a").fit(data))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("column 'a' is of type double, expected vectors: make them with VectorAssembler, or set"
                        + " featuresCol");
        assertThatThrownBy(() -> purifier().setLabelCol("target").fit(data))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no column 'target'");
        assertThatThrownBy(() -> purifier().fit(data.withColumn("kept", data.col("a"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a column 'kept' already");
        List<Row> rows = new ArrayList<>(noisy(40));
        rows.set(3, RowFactory.create(3, 1.0, Double.NaN, 0.0, "yes", false));
        rows.set(4, RowFactory.create(4, 1.0, 2.0, 0.0, null, false));
        Dataset<Row> gaps = assembler("a", "b", "c").setHandleInvalid("keep").transform(frame(rows, TABLE, 2));
        assertThatThrownBy(() -> purifier().fit(gaps))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("column 'label' is null in 1 of 40 rows");
        assertThatThrownBy(() -> purifier().fit(gaps.na().drop(new String[] {"label"})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not finite in 1 of 39 rows");
    }
}
