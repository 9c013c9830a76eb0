package dev.assay.noise;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.CrossFit;
import dev.assay.learn.Expert;
import dev.assay.learn.Learner;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Experts of a learner that knows nothing of noise: it is given each row once for each class that it may be, weighted by how likely it is that.
 *
 * @param experts of each part of the sample, which the rounds start from
 */
record LearnerExperts(Learner learner, long seed, List<Expert> experts) implements TriedExperts {
    /** Parts of the rows that an expert of a part is trained with. */
    private static final int INNER_PARTS = 4;

    /** In standard errors. */
    private static final double CLEARLY_BEHIND = 2;

    /**
     * Tries a learner: first with all labels taken for right, then with labels that are seen through the noise which that leaves unexplained,
     * noise and experts in turn. What each part's experts are taught comes from rows outside of the part alone, each judged by an expert that
     * had not seen it, so that no row's label has any part in what is said of it.
     *
     * @param ahead what says most so far with all labels taken for right; experts that are clearly behind it then are not taught, as they would
     *     not be chosen; or null
     * @throws IllegalArgumentException if the learner's experts answer something else than the targets are
     */
    static ExpertTrial tried(
            Learner learner,
            OutOfFoldRows sample,
            @Nullable ExpertTrial ahead,
            long seed,
            Progress progress,
            Workers workers) {
        Dataset data = sample.data();
        Folds parts = sample.parts();
        LearnerExperts untried = new LearnerExperts(learner, seed, List.of());
        CrossFit<Expert> fits = untried.train(data, Responses.asTheyAre(data), parts, workers);
        Matrix answers = answers(fits, data, workers);
        double[] plain = LabelNoise.plain(answers, data, workers);
        LabelNoise noise = LabelNoise.fit(answers, data, null, workers);
        if (ahead != null
                && PairedGain.of(ahead.plain(), plain, data.samplingUnits()).isBetter(CLEARLY_BEHIND, 0)) {
            return new ExpertTrial(new LearnerExperts(learner, seed, fits.models()), plain, noise);
        }
        List<SeenThrough> outside = IntStream.range(0, parts.count())
                .mapToObj(part -> new SeenThrough(untried, data, parts, part))
                .toList();
        for (int turn = 0; turn < TURNS; turn++) {
            progress.checkCancelled();
            LabelNoise known = noise;
            fits = CrossFit.train(parts, part -> outside.get(part).next(known, workers), workers);
            noise = LabelNoise.fit(answers(fits, data, workers), data, noise, workers);
        }
        return new ExpertTrial(new LearnerExperts(learner, seed, fits.models()), plain, noise);
    }

    /** The rows outside of a part, and what their labels seem to be to experts that did not see the part either. */
    private static final class SeenThrough {
        private final LearnerExperts experts;
        private final Dataset data;
        private final Folds inner;
        private Responses.OfWeightedRows labels;

        SeenThrough(LearnerExperts experts, Dataset data, Folds parts, int part) {
            this.experts = experts;
            int[] rows = parts.outside(part);
            this.data = data.select(rows);
            int count = Math.min(INNER_PARTS, parts.count() - 1);
            // the parts but this one, dealt anew
            this.inner = new Folds(
                    Arrays.stream(rows)
                            .map(i -> (parts.ofRow()[i] + parts.count() - part - 1) % parts.count() % count)
                            .toArray(),
                    count);
            this.labels = Responses.asTheyAre(this.data);
        }

        /** The expert that is trained towards what the labels seem to be now. */
        Expert next(LabelNoise noise, Workers workers) {
            if (inner.count() > 1) {
                Matrix answers = answers(experts.train(data, labels, inner, workers), data, workers);
                labels = noise.judge(answers, noise.scale(), data).corrected(1);
            }
            return experts.train(data, labels, IntStream.range(0, data.size()).toArray(), workers);
        }
    }

    private CrossFit<Expert> train(Dataset data, Responses.OfWeightedRows labels, Folds parts, Workers workers) {
        return CrossFit.train(parts, part -> train(data, labels, parts.outside(part), workers), workers);
    }

    private Expert train(Dataset data, Responses.OfWeightedRows labels, int[] rows, Workers workers) {
        Expert expert = learner.train(labels.weighted(data, rows), seed, workers);
        if (expert.outputs() != LinearExperts.outputs(data)) {
            throw new IllegalArgumentException("the learner '" + learner.name() + "' makes experts with "
                    + expert.outputs() + " outputs, expected " + LinearExperts.outputs(data)
                    + (LinearExperts.outputs(data) == 1 ? ": the targets are numbers" : ", one for each class"));
        }
        return expert;
    }

    private static Matrix answers(CrossFit<Expert> fits, Dataset data, Workers workers) {
        return fits.answers(
                LinearExperts.outputs(data),
                (expert, rows) -> expert.answers(data.features().selectRows(rows), workers),
                workers);
    }

    @Override
    public String name() {
        return learner.name();
    }

    @Override
    public double ridge() {
        return Double.NaN;
    }

    @Override
    public String inWords() {
        return "a " + name() + " expert";
    }

    @Override
    public RetrainableExperts on(Dataset rows, double share, Workers workers) {
        return new Taught(this, rows);
    }

    private record Taught(LearnerExperts tried, Dataset data) implements RetrainableExperts {
        @Override
        public Matrix untaught(double scale, Workers workers) {
            Matrix sum = new Matrix(data.size(), LinearExperts.outputs(data));
            for (Expert expert : tried.experts) {
                Matrix one = expert.answers(data.features(), workers);
                Dense.add(scale / tried.experts.size(), one.values(), sum.values());
            }
            return sum;
        }

        @Override
        public Matrix teach(Folds parts, LabelNoise noise, double sharpness, boolean seenThrough, Workers workers) {
            return answers(tried.train(data, noise.corrected(sharpness), parts, workers), data, workers);
        }

        @Override
        public UnaryOperator<Matrix> teachOne(LabelNoise noise, Workers workers) {
            int[] all = IntStream.range(0, data.size()).toArray();
            Expert one = tried.train(data, noise.corrected(1), all, workers);
            return features -> one.answers(features, workers);
        }
    }
}
