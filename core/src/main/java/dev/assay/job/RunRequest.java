package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.route.RouterSelector;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The main job: divide, train an expert for each block and a router between them, and measure whether that predicts better than
 * one model.
 *
 * @param data to learn from
 * @param test rows to measure with, or null to hold some of the data out
 * @param settings how to divide
 * @param router a name that {@link RouterSelector} knows
 */
public record RunRequest(TrainingData data, @Nullable LabelledRows test, DivideSettings settings, String router) {
    /** One row in so many is held out where there are no test rows. */
    public static final int HELD_OUT = HeldOutRows.SHARE;

    /** The second pass, over the rows that were not held out. */
    public static final String AGAIN = "divide again, without the held-out rows";

    /**
     * Checks the parts.
     *
     * @throws InvalidInputException if there is no such router, the test rows are encoded otherwise than the data, or it comes with
     *     probabilities, which say nothing of blocks
     */
    public RunRequest {
        data.requireEnoughGroups();
        data.requireNoProbabilities();
        if (!RouterSelector.names().contains(router)) {
            throw new InvalidInputException(
                    "router is '" + router + "', expected one of: " + String.join(", ", RouterSelector.names()));
        }
        if (test != null) {
            data.requireLike("test", test.dataset());
        }
    }

    /**
     * Divides, trains and measures; where there are no test rows, a second time without those that are held out.
     *
     * @param laps is told of the parts divide, measure, train and evaluate
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public RunOutcome run(Workers workers, Progress progress, Laps laps) {
        DivideOutcome divided = DivideOutcome.of(data, settings, workers, progress, laps);
        TrainedModel trained = TrainedModel.of(
                divided.division(), data.sources(), divided.blockSources(), router, settings, workers, progress);
        laps.lap("train");
        RunOutcome.Tested tested = test == null
                ? heldOut(divided.division(), workers, progress)
                : new RunOutcome.Tested(trained, compared(trained, test, workers), test.dataset(), null, null);
        laps.lap("evaluate");
        return new RunOutcome(divided, trained, tested);
    }

    /** Divides and trains once more, without a part of the rows, and predicts these. */
    private RunOutcome.Tested heldOut(Division whole, Workers workers, Progress progress) {
        Dataset all = data.dataset();
        HeldOutRows held = HeldOutRows.of(data, Seeds.child(settings.seed(), "held-out rows"), workers);
        // as they stand in the file
        int[] out = IntStream.of(held.out())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> all.rows()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        TrainingData rest = data.select(held.rest());
        progress.phase(AGAIN, 0);
        Division division = Divider.divide(rest.dataset(), settings, workers, progress);
        TrainedModel trained =
                TrainedModel.of(division, rest.sources(), List.of(), router, settings, workers, progress);
        TrainingData test = data.select(out);
        ModelComparison comparison = compared(
                trained,
                new LabelledRows(
                        test.dataset(),
                        test.sources() == null ? null : test.sources().rows()),
                workers);
        RunOutcome.Contradiction otherwise = division.blocks().size()
                        == whole.blocks().size()
                ? null
                : new RunOutcome.Contradiction(
                        out.length, division.blocks().size(), whole.blocks().size());
        return new RunOutcome.Tested(trained, comparison, test.dataset(), out, otherwise);
    }

    private ModelComparison compared(TrainedModel trained, LabelledRows rows, Workers workers) {
        ModelComparison.Routed routed = ModelComparison.Routed.of(trained.models(), rows, workers);
        return ModelComparison.of(trained.models(), rows, routed, settings.seed(), workers);
    }
}
