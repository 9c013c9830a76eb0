package dev.assay.purify;

import dev.assay.data.InvalidInputException;
import dev.assay.learn.LearnerSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a purification has worked out so far, so that an interrupted one can be continued: which rows each iteration of each
 * path removed, and the scores of an iteration that was interrupted in the middle.
 *
 * <p>Fits are not in it: they are cheap beside the scores, and a continued run makes them again in the same order, so that
 * it ends with the same bytes as an uninterrupted one. Doubles are written in full, so reading returns the same bits.
 *
 * <p>Used by one purification at a time, from any of its threads.
 */
public final class PurifyJournal {
    private static final String TITLE = "assay purification journal 1";

    private final Map<String, Step> steps = new TreeMap<>();
    private final Map<String, double[]> partial = new TreeMap<>();
    private @Nullable String owner;

    /** An empty journal, for a run from the start. */
    public PurifyJournal() {}

    /** What one iteration did: examples by their index in the path's data set, worst first, and their scores. */
    record Step(int[] removed, double[] scores) {}

    /**
     * Says whose journal this is.
     *
     * @throws InvalidInputException if it was begun for other data or other settings
     */
    public synchronized void open(String dataFingerprint, PurifySettings settings) {
        // what a learner says of itself may differ from one run to the next
        String wanted = dataFingerprint + " " + settings.withLearners(LearnerSet.STANDARD) + " "
                + settings.learners().names();
        if (owner != null && !owner.equals(wanted)) {
            throw new InvalidInputException(
                    "the interrupted run was begun with other data or other settings: repeat what"
                            + " it was begun with, or replace it by a run from the start");
        }
        owner = wanted;
    }

    synchronized @Nullable Step step(String key) {
        return steps.get(key);
    }

    synchronized void record(String key, Step step) {
        steps.put(key, step);
    }

    /** The scores of an iteration as far as they are known, NaN elsewhere. */
    synchronized double[] scores(String key, int size) {
        double[] known = partial.get(key);
        if (known != null && known.length == size) {
            return known.clone();
        }
        double[] empty = new double[size];
        Arrays.fill(empty, Double.NaN);
        return empty;
    }

    synchronized void keepScores(String key, double[] scores) {
        partial.put(key, scores.clone());
    }

    synchronized void dropScores(String key) {
        partial.remove(key);
    }

    /** Number of iterations, of all paths, that need not be done again. */
    public synchronized int stepsDone() {
        return steps.size();
    }

    /** The journal as lines of text. */
    public synchronized List<String> toLines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("title", TITLE);
        lines.put("owner", owner == null ? "" : owner);
        steps.forEach((key, step) -> lines.put(
                "step " + key, "step\t" + key + "\t" + integers(step.removed()) + "\t" + doubles(step.scores())));
        partial.forEach((key, scores) -> lines.put("scores " + key, "scores\t" + key + "\t" + doubles(scores)));
        lines.put("end", "end");
        return List.copyOf(lines.values());
    }

    /**
     * The journal that {@link #toLines} wrote.
     *
     * @throws IllegalArgumentException if the lines are something else or incomplete
     */
    public static PurifyJournal ofLines(List<String> lines) {
        if (lines.size() < 3
                || !lines.get(0).equals(TITLE)
                || !lines.get(lines.size() - 1).equals("end")) {
            throw new IllegalArgumentException("not a complete journal: expected a first line \"" + TITLE
                    + "\" and a last line \"end\"; start the run anew");
        }
        PurifyJournal result = new PurifyJournal();
        result.owner = lines.get(1).isEmpty() ? null : lines.get(1);
        for (String line : lines.subList(2, lines.size() - 1)) {
            String[] parts = line.split("\t", -1);
            if (parts.length == 4 && parts[0].equals("step")) {
                result.steps.put(parts[1], new Step(parseIntegers(parts[2]), parseDoubles(parts[3])));
            } else if (parts.length == 3 && parts[0].equals("scores")) {
                result.partial.put(parts[1], parseDoubles(parts[2]));
            } else {
                throw new IllegalArgumentException("not a line of a journal: \"" + line + "\"; start the run anew");
            }
        }
        return result;
    }

    private static String integers(int[] values) {
        return String.join(
                " ", Arrays.stream(values).mapToObj(Integer::toString).toList());
    }

    private static String doubles(double[] values) {
        return String.join(" ", Arrays.stream(values).mapToObj(Double::toString).toList());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? Collections.emptyList() : List.of(text.split(" ", -1));
    }

    private static int[] parseIntegers(String text) {
        return words(text).stream().mapToInt(Integer::parseInt).toArray();
    }

    private static double[] parseDoubles(String text) {
        return words(text).stream().mapToDouble(Double::parseDouble).toArray();
    }
}
