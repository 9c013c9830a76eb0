package dev.assay.app.result;

import dev.assay.job.RunRequest;
import dev.assay.work.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run is and how long it still takes: from the stages that were expected of it, and from how long those took that
 * are behind it. Times are in seconds since the beginning. Not for several threads at once.
 */
public final class ProgressEstimate {
    /** Seconds' worth of belief in the expectation, against what the run has shown so far. */
    private static final double BELIEF = 2;
    /** A stage that lasts longer than it should is believed to last this part of its time once more. */
    private static final double OVERDUE = 0.2;
    /** A bar is not full before the end. */
    private static final double ALMOST = 0.99;

    private final Map<String, Double> taken = new HashMap<>();
    private final Map<String, Double> foreseen = new HashMap<>();
    private List<Stage> stages = List.of();
    private int at = -1;
    private String phase = "";
    private boolean again;
    private double stageBegun;
    private double spent;
    private double expected;
    private long steps;
    private long done;
    private double lastStep;
    private double share;

    /** Takes what is to come; nothing where something is to come already. */
    public void expect(List<Stage> ahead, double now) {
        if (at < stages.size() - 1) {
            return;
        }
        close(now);
        stages = List.copyOf(ahead);
        again = false;
        at = -1;
        stageBegun = now;
    }

    /** A phase begins; of so many steps, 0 where that is unknown. */
    public void phase(String name, long itsSteps, double now) {
        phase = name;
        again |= name.equals(RunRequest.AGAIN);
        steps = itsSteps;
        done = 0;
        lastStep = now;
        for (int next = at + 1; next < stages.size(); next++) {
            if (stages.get(next).phase().equals(name)) {
                close(now);
                at = next;
                stageBegun = now;
                return;
            }
        }
        // nobody expected it: it counts for the stage that is under way
        steps = 0;
    }

    private void close(double now) {
        if (at < 0) {
            return;
        }
        Stage over = stages.get(at);
        spent += now - stageBegun;
        expected += over.seconds();
        taken.put(over.phase(), now - stageBegun);
        foreseen.put(over.phase(), over.seconds());
    }

    /** So many steps of the phase are done. */
    public void step(long stepsDone, double now) {
        done = stepsDone;
        lastStep = now;
    }

    /** What is under way, for somebody who waits; empty before anything is. */
    public String words() {
        return (again && !phase.equals(RunRequest.AGAIN) ? "without the test rows: " : "")
                + ExpectedStages.inWords(phase);
    }

    /** How much of the run is done, from 0 to 1: never less than it was. */
    public double share(double now) {
        double left = secondsLeft(now);
        if (!Double.isNaN(left) && now > 0) {
            share = Math.max(share, Math.min(ALMOST, now / (now + left)));
        }
        return share;
    }

    /** How many seconds the whole run may still take, or NaN while nothing is known of what is to come. */
    public double secondsLeft(double now) {
        if (stages.isEmpty()) {
            return Double.NaN;
        }
        double left = at < 0 ? 0 : leftOfStage(now);
        for (int next = at + 1; next < stages.size(); next++) {
            left += foreseen(stages.get(next));
        }
        return left;
    }

    private double leftOfStage(double now) {
        double inStage = now - stageBegun;
        double whole = foreseen(stages.get(at));
        if (steps > 0 && done > 0) {
            // the more steps are done, the more they say of those to come
            double part = Math.min(1, (double) done / steps);
            double soFar = lastStep - stageBegun;
            whole = soFar + (1 - part) * ((1 - part) * whole + soFar);
        }
        return Math.max(whole - inStage, whole < inStage ? OVERDUE * inStage : 0);
    }

    /** As long as the same stage took before, or as fast as the run has been so far. */
    private double foreseen(Stage stage) {
        Double before = taken.get(stage.phase());
        Double expectedBefore = foreseen.get(stage.phase());
        if (before != null && expectedBefore != null && expectedBefore > 0) {
            return before * stage.seconds() / expectedBefore;
        }
        return stage.seconds() * (spent + BELIEF) / (expected + BELIEF);
    }
}
