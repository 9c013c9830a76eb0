package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;
import dev.assay.noise.HeldOutLikelihood;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The removal loop inside each of K training parts, judged on the fold that the part leaves out.
 *
 * <p>Cross-fitting the kept rows would not do: each of them was kept because its own label suited the model, so what looks
 * like held-out evidence has seen the label. Here a row of fold k has had no part in the fits, nor in the removals, of path
 * k. Paths are aligned by the share of rows that they have removed.
 */
final class CrossFittedRemoval {
    private final Dataset data;
    private final Loss loss;
    private final Folds partition;
    private final Matrix[] foldFeatures;
    private final List<RemovalPath> paths;

    /**
     * Fits the training parts.
     *
     * @param starts parameters to start each part's fit from, or null
     */
    CrossFittedRemoval(
            String key,
            Dataset data,
            Folds partition,
            RemovalPath.Manner manner,
            @Nullable List<double[]> starts,
            PurifyJournal journal,
            Workers workers) {
        this.data = data;
        this.loss = manner.loss();
        this.partition = partition;
        int count = partition.count();
        this.foldFeatures = new Matrix[count];
        for (int k = 0; k < count; k++) {
            foldFeatures[k] = data.features().selectRows(partition.inside(k));
        }
        this.paths = workers.mapBlocks(count, 1, (k, ignored) -> {
            RemovalPath.Manner own = new RemovalPath.Manner(
                    manner.loss(),
                    manner.ridge(),
                    manner.trainer(),
                    manner.warm(),
                    manner.criterion(),
                    Seeds.child(manner.seed(), "removal fold", k));
            double @Nullable [] start = starts == null ? null : starts.get(k);
            return new RemovalPath(key + " fold " + k, data.select(partition.outside(k)), own, start, journal, workers);
        });
    }

    /** The parameters of each part's model. */
    List<double[]> parameters() {
        List<double[]> result = new ArrayList<>();
        for (RemovalPath path : paths) {
            result.add(path.fit().model().theta());
        }
        return result;
    }

    /** Lets every path remove rows until the given share is gone, several paths at a time. */
    void advance(double removedShare, Workers workers, Progress progress) {
        Progress quiet = new CancellationOnly(progress);
        workers.forEachBlock(paths.size(), 1, (k, ignored) -> {
            RemovalPath path = paths.get(k);
            int size = path.startSize() - (int) Math.round(removedShare * path.startSize());
            path.advance(Math.min(size, path.kept().length), workers, quiet);
        });
    }

    /** How well the paths' models explain the folds that they never saw. */
    HeldOutLikelihood judge(Workers workers) {
        Matrix answers = partition.gather(
                loss.outputCount(),
                (part, rows) -> LinearExpert.answers(paths.get(part).fit().model(), 1, foldFeatures[part], workers),
                workers);
        return HeldOutLikelihood.of(answers, data.targets(), data.weights(), workers);
    }
}
