package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.judge.Purifier;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.work.Progress;
import dev.assay.work.Workers;

/**
 * Train, remove the rows that score highest, train again: by loss, by self-influence, or by the change of V as in the
 * paper. All three with the ridge and the stop of our own removal loop, which look at the training rows alone; the paper
 * has no stop of its own that works. Above 1000 parameters the ridge is the paper's.
 */
public final class IteratedRemoval implements Rival {
    private static final int SEARCH_PARAMETERS = 1000;
    private static final double PAPER_RIDGE = 0.01;

    private final String name;
    private final CriterionKind criterion;

    private IteratedRemoval(String name, CriterionKind criterion) {
        this.name = name;
        this.criterion = criterion;
    }

    /** By the loss of the model that was trained with the row. */
    public static IteratedRemoval loss() {
        return new IteratedRemoval("loss", CriterionKind.LOSS);
    }

    /** By g_i' H^-1 g_i. */
    public static IteratedRemoval selfInfluence() {
        return new IteratedRemoval("self-influence", CriterionKind.SELF_INFLUENCE);
    }

    /** By what V loses without the row: the paper's purification. */
    public static IteratedRemoval purification() {
        return new IteratedRemoval("purification", CriterionKind.DELTA_VARIANCE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        Linear.View view = Linear.view(data, workers);
        boolean search = Linear.classes(data) * view.data().dimension() <= SEARCH_PARAMETERS;
        PurifySettings settings = PurifySettings.AUTOMATIC
                .withCriterion(criterion)
                .withRidge(search ? null : PAPER_RIDGE)
                .withSeed(seed);
        Purification purified =
                Purifier.purify(view.data(), null, settings, new PurifyJournal(), workers, Progress.NONE);
        boolean[] kept = new boolean[data.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = purified.isKept(i);
        }
        return Trained.ofOne(
                kept, view.predictor(Linear.predictor(purified.fit().model())));
    }
}
