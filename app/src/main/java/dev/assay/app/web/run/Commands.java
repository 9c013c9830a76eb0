package dev.assay.app.web.run;

import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunOrder;
import dev.assay.work.Progress;
import java.util.List;

/** What carries runs out, and understands the command lines of those that were carried out. */
public interface Commands {
    /**
     * Carries a run out, on the thread of the caller.
     *
     * @param progress what is told how far it is, and says whether it is to stop
     * @return what was found, for one screen
     * @throws dev.assay.data.InvalidInputException if the files cannot be worked with
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    default String run(RunOrder order, Progress progress) {
        return order.run(progress);
    }

    /**
     * The run that a recorded command line describes; nothing is run.
     *
     * @param arguments what follows {@code assay}
     * @throws dev.assay.data.InvalidInputException if it is no command line of run, divide, purify or diagnose
     */
    LearningRun understood(List<String> arguments);
}
