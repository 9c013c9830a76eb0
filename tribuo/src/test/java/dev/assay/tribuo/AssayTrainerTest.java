package dev.assay.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import dev.assay.data.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AssayTrainerTest {
    private static final AssayClassificationTrainer LINEAR =
            new AssayClassificationTrainer(1, true, false, false, "auto");

    private final List<Example<Label>> training = PlantedExamples.labels(500, 1);
    private final List<Example<Label>> fresh = PlantedExamples.labels(300, 2);

    @SuppressWarnings("NullAway.Init") // by beforeAll
    private AssayModel<Label> model;

    @BeforeAll
    void train() {
        model = (AssayModel<Label>) LINEAR.train(PlantedExamples.ofLabels(training));
    }

    @Test
    void theExpertsOfBothSitesPredictWhatNoOneLinearModelCan() {
        var evaluation = new LabelEvaluator().evaluate(model, PlantedExamples.ofLabels(fresh));

        assertThat(evaluation.accuracy()).isGreaterThan(0.93);
        assertThat(instance("verdict")).isEqualTo("mixed");
        assertThat(instance("blocks")).isEqualTo("2");
        assertThat(instance("dividing-helps-by")).isEqualTo("features");
        assertThat(Double.parseDouble(instance("routed-gain-low"))).isPositive();
    }

    @Test
    void thePredictionsAreThoseOfTheSameModelWithoutTribuo() {
        for (Example<Label> example : fresh.subList(0, 20)) {
            Map<String, Double> values = new TreeMap<>();
            example.forEach(feature -> values.put(feature.getName(), feature.getValue()));

            var theirs = model.predict(example);
            var ours = model.routed().predict(values);

            assertThat(theirs.getOutput().getLabel()).isEqualTo(ours.label());
            assertThat(scores(theirs)).isEqualTo(new TreeMap<>(ours.probabilities()));
            assertThat(model.blocks(example))
                    .containsExactly(ours.blocks().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }
    }

    @Test
    void theOrderOfTheExamplesAndEarlierCallsChangeNothing() {
        List<Example<Label>> shuffled = new ArrayList<>(training);
        Collections.shuffle(shuffled, new Random(5));

        Model<Label> again = LINEAR.train(PlantedExamples.ofLabels(shuffled));

        assertThat(scores(again)).isEqualTo(scores(model));
        assertThat(LINEAR.getInvocationCount()).isGreaterThan(1);
    }

    @Test
    void aStoredModelIsReadBackByTribuoToTheBit(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.tribuo");
        model.serializeToFile(file);

        Model<Label> read = Model.deserializeFromFile(file).castModel(Label.class);

        assertThat(scores(read)).isEqualTo(scores(model));
        assertThat(read.getProvenance()).isEqualTo(model.getProvenance());
        assertThat(scores(model.copy())).isEqualTo(scores(model));
    }

    @Test
    void aModelThatWasStoredAndDamagedIsRefusedInALine() throws Exception {
        var proto = model.serialize();
        var data = proto.getSerializedData();
        byte[] bytes = data.getValue().toByteArray();
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\"checksum\"") + 20] ^= 1;
        var damaged = proto.toBuilder()
                .setSerializedData(data.toBuilder().setValue(com.google.protobuf.ByteString.copyFrom(bytes)))
                .build();

        assertThatThrownBy(() -> AssayModel.deserializeFromProto(
                        damaged.getVersion(), damaged.getClassName(), damaged.getSerializedData()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("model.json");
    }

    @Test
    void javaSerializationIsRefused() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(model))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("serializeToFile");
        }
    }

    @Test
    void theProvenanceHoldsAllThatTheTrainerIsMadeOf() {
        List<ConfigurationData> configuration = ProvenanceUtil.extractConfiguration(model.getProvenance());

        assertThat(configuration).anySatisfy(data -> {
            assertThat(data.getClassName()).isEqualTo(AssayClassificationTrainer.class.getName());
            assertThat(data.getProperties().get("seed")).hasToString("1");
            assertThat(data.getProperties().get("trees")).hasToString("false");
            assertThat(data.getProperties().get("router")).hasToString("auto");
        });
    }

    @Test
    void featuresThatAreNotNamedAreZeroAndUnknownOnesAreNotLookedAt() {
        Label none = LabelFactory.UNKNOWN_LABEL;
        Example<Label> whole = new ArrayExample<>(none, new String[] {"a", "b", "site"}, new double[] {0, 1, -1});
        Example<Label> sparse = new ArrayExample<>(none, new String[] {"b", "other", "site"}, new double[] {1, 9, -1});
        Example<Label> strange = new ArrayExample<>(none, new String[] {"other"}, new double[] {1});

        assertThat(model.predict(sparse).distributionEquals(model.predict(whole)))
                .isTrue();
        assertThat(model.predict(sparse).getNumActiveFeatures()).isEqualTo(2);
        assertThatThrownBy(() -> model.predict(strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as other");
    }

    @Test
    void numbersArePredictedWithTheirVariance() {
        var trainer = new AssayRegressionTrainer(1, true, false, false, "auto");
        Model<Regressor> numbers = trainer.train(PlantedExamples.ofNumbers(PlantedExamples.numbers(400, 3)));

        var test = PlantedExamples.ofNumbers(PlantedExamples.numbers(200, 4));
        assertThat(new RegressionEvaluator().evaluate(numbers, test).averageR2())
                .isGreaterThan(0.98);
        double squaredError = 0;
        double variance = 0;
        for (Prediction<Regressor> prediction : numbers.predict(test)) {
            double error = prediction.getOutput().getValues()[0]
                    - prediction.getExample().getOutput().getValues()[0];
            squaredError += error * error;
            variance += prediction.getOutput().getVariances()[0];
        }
        // a small doubt about the site makes it wider than the errors are, never narrower
        assertThat(Math.sqrt(squaredError / variance)).isBetween(0.2, 1.2);
    }

    @Test
    void whatCannotBeLearnedFromIsRefusedInALine() {
        MutableDataset<Label> one = PlantedExamples.ofLabels(training.stream()
                .filter(row -> row.getOutput().getLabel().equals("no"))
                .toList());
        assertThatThrownBy(() -> LINEAR.train(one))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a single class, 'no'");

        List<Example<Label>> unknown = new ArrayList<>(training);
        unknown.add(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, new String[] {"a"}, new double[] {1}));
        assertThatThrownBy(() -> LINEAR.train(PlantedExamples.ofLabels(unknown)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 examples have an unknown output");
    }

    private String instance(String name) {
        return String.valueOf(
                model.getProvenance().getInstanceProvenance().getMap().get(name));
    }

    private List<Map<String, Double>> scores(Model<Label> of) {
        List<Map<String, Double>> result = new ArrayList<>();
        for (Prediction<Label> prediction : of.predict(fresh)) {
            result.add(scores(prediction));
        }
        return result;
    }

    private static Map<String, Double> scores(Prediction<Label> prediction) {
        Map<String, Double> scores = new TreeMap<>();
        prediction.getOutputScores().forEach((name, label) -> scores.put(name, label.getScore()));
        return scores;
    }
}
