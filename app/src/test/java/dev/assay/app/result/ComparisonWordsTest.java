package dev.assay.app.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.SamplingUnits;
import dev.assay.job.ModelComparison;
import dev.assay.job.ModelSet;
import dev.assay.job.RunOutcome;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.Worth;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonWordsTest {
    private static final List<String> NAMES = List.of("no", "yes");

    /** Experts of two blocks that are right where one model is wrong in every second row. */
    private static ModelComparison comparison() {
        int n = 200;
        int[] codes = new int[n];
        Matrix experts = new Matrix(n, 2);
        Matrix single = new Matrix(n, 2);
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            codes[i] = i / 2 % 2;
            weights[i] = 1;
            experts.set(i, codes[i], Math.log(0.9));
            experts.set(i, 1 - codes[i], Math.log(0.1));
            single.set(i, i % 2, Math.log(0.6));
            single.set(i, 1 - i % 2, Math.log(0.4));
        }
        List<Evaluation.Contestant> contestants = List.of(
                new Evaluation.Contestant(
                        ModelComparison.ROUTED, new ClassPredictions(NAMES, experts, new Matrix(n, 2))),
                new Evaluation.Contestant(ModelSet.STRONG, new ClassPredictions(NAMES, single, new Matrix(n, 1))));
        try (Workers workers = Workers.of(1)) {
            Evaluation evaluation = Evaluation.of(
                    contestants, new ClassTargets(codes, NAMES), SamplingUnits.independent(weights), 200, 1, workers);
            Worth worth = Worth.of(evaluation, 2, ModelSet.STRONG, Map.of(Worth.Way.FEATURES, ModelComparison.ROUTED));
            return new ModelComparison(evaluation, contestants, worth, null);
        }
    }

    private static ComparisonWords words(RunOutcome.@Nullable Contradiction contradiction) {
        return new ComparisonWords(comparison(), contradiction);
    }

    @Test
    void aGainThatWasMeasuredIsSaid() {
        assertThat(words(null).grade()).isEqualTo("dividing helps to predict: the features tell the block");
        assertThat(words(null).worthFacts()).containsEntry("helps", true);
    }

    /** What was tested are not the blocks that the verdict is about: nobody may read that dividing helps. */
    @Test
    void nothingIsSaidToHelpWhereTheRowsWithoutTheHeldOutOnesAreJudgedOtherwise() {
        ComparisonWords contradicted = words(new RunOutcome.Contradiction(40, 1, 2));

        String said = "Without the 40 rows that were held out the rest comes out as of one kind, all rows as mixed (2"
                + " blocks): the evidence is near the edge, and what dividing is worth is open. More rows would settle it.";
        assertThat(contradicted.grade()).contains("not settled").doesNotContain("helps");
        assertThat(contradicted.worthInWords()).first().isEqualTo(said);
        assertThat(contradicted.worthFacts()).containsEntry("helps", null).containsEntry("contradiction", said);
    }
}
