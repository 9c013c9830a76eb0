package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Verdict;
import dev.assay.learn.LearnerSet;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One rule and some labels that were turned around. */
class PurifyRequestTest {
    private static final Workers WORKERS = Workers.of(1);
    private static final PlantedRules PLANTED = PlantedRules.of(600, 0, 0.15, 3, WORKERS);

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    @Test
    void wrongLabelsAreTakenOutAndVFalls() {
        List<String> laps = new ArrayList<>();
        PurifyOutcome outcome = new PurifyRequest(PLANTED.data(), null, PurifySettings.AUTOMATIC)
                .run(new PurifyJournal(), WORKERS, Progress.NONE, laps::add);
        int[] removed = outcome.purification().removed();
        long found = Arrays.stream(removed)
                .filter(i -> PLANTED.wrong()[PLANTED.data().dataset().rows()[i]])
                .count();

        assertThat(outcome.finding())
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.NOISY));
        assertThat(found).isGreaterThan(60);
        assertThat(removed.length - found).isLessThan(20);
        assertThat(outcome.measures().after()).isLessThan(outcome.measures().before() / 2);
        assertThat(outcome.measures().pictures()).isNotNull();
        assertThat(outcome.curve()).isNotEmpty();
        assertThat(laps).containsExactly("purify", "measure", "follow");
    }

    @Test
    void diagnosingFindsTheSameAndDrawsNothingWhereNobodyAsks() {
        List<String> laps = new ArrayList<>();
        PurifyOutcome seen = new DiagnoseRequest(PLANTED.data(), null, false, QualityChecks.ALL, LearnerSet.STANDARD, 1)
                .run(WORKERS, Progress.NONE, laps::add)
                .purification();
        PurifyOutcome done = new PurifyRequest(PLANTED.data(), null, PurifySettings.AUTOMATIC)
                .run(new PurifyJournal(), WORKERS, Progress.NONE, Laps.NONE);

        assertThat(seen.purification().removed()).isEqualTo(done.purification().removed());
        assertThat(seen.measures().pictures()).isNull();
        assertThat(seen.curve()).isEmpty();
        assertThat(laps).containsExactly("diagnose", "measure", "quality");
    }

    @Test
    void anotherCriterionMakesNoJudgement() {
        PurifySettings settings =
                PurifySettings.AUTOMATIC.withCriterion(CriterionKind.LOSS).withIterations(2);
        PurifyOutcome outcome = new PurifyRequest(PLANTED.data(), null, settings)
                .run(new PurifyJournal(), WORKERS, Progress.NONE, Laps.NONE);

        assertThat(outcome.finding()).isNull();
        assertThat(outcome.purification().removed()).hasSize(12);
    }

    @Test
    void oneRuleWithWrongLabelsIsOneBlockBesideUnexplainedLabels() {
        DivideOutcome outcome =
                new DivideRequest(PLANTED.data(), DivideSettings.AUTOMATIC).run(WORKERS, Progress.NONE, Laps.NONE);

        assertThat(outcome.division().verdict()).isEqualTo(Verdict.NOISY);
        assertThat(outcome.finding().wrongRows()).isGreaterThan(60);
        int[] suspects = outcome.bySuspicion();
        assertThat(outcome.division().assigned()[suspects[0]]).isZero();
        assertThat(outcome.trust()[suspects[0]]).isLessThan(outcome.trust()[suspects[suspects.length - 1]]);
    }

    @Test
    void watchedRowsMustBeEncodedLikeTheData() {
        Dataset rows = PLANTED.data().dataset();
        Dataset numbers = rows.withTargets(new RealTargets(new double[rows.size()], 0, 1));

        assertThatThrownBy(() -> new PurifyRequest(PLANTED.data(), numbers, PurifySettings.AUTOMATIC))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("watched has labels of another kind than dataset: classes and numbers");
        assertThatThrownBy(() ->
                        new DiagnoseRequest(PLANTED.data(), numbers, false, QualityChecks.ALL, LearnerSet.STANDARD, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("watched");
    }
}
