package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The search behind {@link WrongLabels}: {@link ExpertChoice}, {@link LabelRefinement}, {@link NoiseVerdict}, and what they say of all rows.
 */
final class NoiseSearch {
    /** Of more rows a sample is judged out of fold, and the others by its experts. */
    private static final int ROWS = 10_000;

    private static final int BLOCK = 4096;

    private final Dataset data;
    private final long seed;
    private final Workers workers;
    private final Progress progress;

    NoiseSearch(Dataset data, long seed, Workers workers, Progress progress) {
        this.data = data;
        this.seed = seed;
        this.workers = workers;
        this.progress = progress;
    }

    WrongLabels run(@Nullable Double ridge, LearnerSet learners) {
        ContentOrder order = ContentOrder.of(data, workers);
        ExpertChoice choice = ExpertChoice.of(data, order, ridge, learners, seed, progress, workers);
        OutOfFoldRows whole =
                OutOfFoldRows.sample(data, order, Math.max(ROWS, choice.sample().size()), seed);
        LabelRefinement rounds = LabelRefinement.of(choice, whole, seed, progress, workers);
        NoiseVerdict verdict = NoiseVerdict.of(
                rounds.noise(),
                whole,
                NoiseVerdict.views(whole, data, order, seed, workers),
                choice.gain(),
                seed,
                progress,
                workers);
        List<String> words = new ArrayList<>(choice.inWords());
        words.addAll(verdict.inWords());
        if (whole.size() < data.size()) {
            words.add(String.format(
                    Locale.ROOT,
                    "a quicker look: %d of the rows were judged, the others by their experts",
                    whole.size()));
        }
        Supplier<LabelJudge> further = judge(verdict, rounds);
        LabelNoise noise =
                whole.size() == data.size() ? verdict.noise() : spread(verdict.noise(), further.get(), whole);
        return verdict.told(noise, rounds.course(), whole, choice.evidence(), words, further);
    }

    /** The experts that all judged rows taught, once somebody asks for them. */
    private Supplier<LabelJudge> judge(NoiseVerdict verdict, LabelRefinement rounds) {
        LabelNoise noise = verdict.noise();
        AtomicReference<@Nullable LabelJudge> known = new AtomicReference<>();
        return () -> {
            LabelJudge before = known.get();
            if (before != null) {
                return before;
            }
            List<UnaryOperator<Matrix>> experts = new ArrayList<>();
            for (RetrainableExperts pupils : rounds.pupils()) {
                experts.add(pupils.teachOne(noise, workers));
            }
            double[] factors = new double[experts.size()];
            Arrays.setAll(factors, e -> noise.scale() * rounds.scales()[e] / experts.size());
            LabelJudge made = new LabelJudge(noise, verdict.noisy(), experts, factors);
            known.set(made);
            return made;
        };
    }

    /** The noise of all rows, those that were not judged by experts of those that were. */
    private LabelNoise spread(LabelNoise noise, LabelJudge judge, OutOfFoldRows whole) {
        progress.phase("all rows", 0);
        int outputs = noise.answers().columns();
        Matrix answers = new Matrix(data.size(), outputs);
        for (int from = 0; from < data.size(); from += BLOCK) {
            int to = Math.min(data.size(), from + BLOCK);
            Matrix said = judge.answers(data.features().selectRows(from, to));
            System.arraycopy(said.values(), 0, answers.values(), from * outputs, said.values().length);
        }
        for (int k = 0; k < whole.size(); k++) {
            System.arraycopy(
                    noise.answers().values(), k * outputs, answers.values(), whole.rows()[k] * outputs, outputs);
        }
        return noise.judge(answers, 1, data);
    }
}
