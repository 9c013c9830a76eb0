package dev.assay.bench;

import dev.assay.learn.LearnerSet;
import dev.assay.work.Workers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What every figure is computed with.
 *
 * @param data the published files
 * @param out the folder to write to, which exists
 * @param repeats samples per point, or null for the figure's own number
 * @param iterations iterations of a purification, or null for as many as were published
 * @param fast whether delta V is found by FAST rather than by ONE_STEP as in the paper
 * @param seed of everything random
 * @param cases of the accuracy or noise benchmark, or how their names begin; empty for all
 * @param methods of that benchmark, in the same way
 * @param learners that Assay's experts may be of
 * @param resume whether that benchmark keeps what the folder has already
 * @param workers threads
 * @param console where to say what is found
 */
record Session(
        PaperData data,
        Path out,
        @Nullable Integer repeats,
        @Nullable Integer iterations,
        boolean fast,
        long seed,
        List<String> cases,
        List<String> methods,
        LearnerSet learners,
        boolean resume,
        Workers workers,
        PrintWriter console) {

    /** Copies the lists. */
    Session {
        cases = List.copyOf(cases);
        methods = List.copyOf(methods);
    }

    void say(String format, Object... values) {
        console.println(String.format(Locale.ROOT, format, values));
        console.flush();
    }

    /** Random numbers for one piece of work, the same whatever else is done and on which thread. */
    Random random(int point, int repeat) {
        return new Random(seed * 1_000_003L + point * 1009L + repeat);
    }
}
