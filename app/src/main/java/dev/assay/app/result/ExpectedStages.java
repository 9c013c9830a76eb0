package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.io.read.LoadedData;
import dev.assay.job.DataQuality;
import dev.assay.job.RunRequest;
import dev.assay.work.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * What the commands go through, and about how long each part takes, by the shape of the data. The figures are rough, those of
 * two cores: {@link ProgressEstimate} corrects them by what a run has taken so far. Rows beyond those that a part looks at are not
 * counted.
 */
public final class ExpectedStages {
    /** The end of a run. */
    public static final String WRITE = "write the results";

    private static final int NEIGHBOURED_ROWS = 4000;
    private static final int JUDGED_ROWS = 2500;
    private static final int SEARCHED_ROWS = 3000;
    private static final int TRAINED_ROWS = 10_000;
    private static final double NEVER_LESS = 0.02;
    /** Most data has not so many blocks that looking for more goes on; where it does, it takes as long as before. */
    private static final double RARELY = 0.4;

    private final List<Stage> stages = new ArrayList<>();
    private final double rows;
    private final double features;
    private final double outputs;

    private ExpectedStages(double rows, double features, double outputs) {
        this.rows = rows;
        this.features = features;
        this.outputs = outputs;
    }

    private static ExpectedStages of(Dataset data) {
        return new ExpectedStages(
                data.size(),
                data.dimension(),
                data.targets() instanceof ClassTargets classes ? Math.max(1, classes.classes() - 1) : 1);
    }

    /** Of {@code diagnose} and {@code purify} after reading. */
    public static List<Stage> ofPurification(LoadedData data, boolean isWritten) {
        ExpectedStages stages = of(data.dataset());
        return (data.probabilities() == null ? stages.judgement() : stages.givenJudgement())
                .purification(isWritten, false)
                .stages;
    }

    /** Of {@code diagnose} after reading. */
    public static List<Stage> ofDiagnosis(LoadedData data, boolean isWritten) {
        ExpectedStages stages = of(data.dataset());
        return (data.probabilities() == null ? stages.judgement() : stages.givenJudgement())
                .purification(isWritten, true)
                .stages;
    }

    /** The same where only the shape is known yet, of a file that is to be read. */
    public static List<Stage> ofPurification(String file, int rows, int features, int classes) {
        return new ExpectedStages(rows, features, Math.max(1, classes - 1))
                .add(reading(file), NEVER_LESS)
                .judgement()
                .purification(true, false)
                .stages;
    }

    /** Of {@code divide} after reading. */
    public static List<Stage> ofDivision(Dataset data) {
        return of(data).division().measures().writing().stages;
    }

    /**
     * Of {@code run} after reading.
     *
     * @param heldOut share of the rows that is held out and makes a second pass necessary, or 0
     */
    public static List<Stage> ofModel(Dataset data, double heldOut) {
        return of(data).model(heldOut);
    }

    /** The same where only the shape is known yet, of a file that is to be read. */
    public static List<Stage> ofModel(String file, int rows, int features, int classes) {
        List<Stage> stages = new ArrayList<>(List.of(new Stage(reading(file), NEVER_LESS)));
        stages.addAll(new ExpectedStages(rows, features, Math.max(1, classes - 1)).model(0));
        return stages;
    }

    /** How the reading of a file is announced. */
    public static String reading(String file) {
        return "read " + file;
    }

    /** How the encoding of all rows of a large file is announced. */
    public static String encoding(long rows) {
        return "read all " + Numbers.count(rows) + " rows";
    }

    /** What somebody who waits is told of a phase. */
    static String inWords(String phase) {
        return switch (phase) {
            case "experts that know of wrong labels" -> "look for wrong labels";
            case "experts teach one another" -> "check each label by the other rows";
            case "judge by the given probabilities" -> "check each label by your probabilities";
            case "doubt or wrong labels" -> "tell wrong labels from hard cases";
            case "all rows" -> "apply it to all rows";
            case "one block" -> "is there one rule for all rows?";
            case "train router", "router" -> "learn which rule a new row follows";
            case "train the experts" -> "train a model for each block";
            case "train what to compare with" -> "train one model to compare with";
            case "measure V", "labels of one rule", "permuted labels", "measure the blocks" ->
                "measure how mixed it is";
            case "look at influences" -> "see which rows help each other";
            case "compare sources" -> "compare with the known sources";
            case "follow the removal" -> "see what taking rows out does";
            case RunRequest.AGAIN -> "once more without the test rows, to measure with them";
            default ->
                phase.endsWith(" blocks")
                        ? "or are there " + phase.substring(0, phase.indexOf(' ')) + " rules?"
                        : phase;
        };
    }

    private List<Stage> model(double heldOut) {
        division().measures().trained();
        if (heldOut > 0) {
            ExpectedStages rest = new ExpectedStages((1 - heldOut) * rows, features, outputs);
            add(RunRequest.AGAIN, NEVER_LESS);
            stages.addAll(rest.division().trained().stages);
        }
        return writing().stages;
    }

    private ExpectedStages add(String phase, double seconds) {
        stages.add(new Stage(phase, Math.max(NEVER_LESS, seconds)));
        return this;
    }

    private double thousands(int most) {
        return Math.min(rows, most) / 1000;
    }

    private double width() {
        return Math.sqrt(features * outputs / 40);
    }

    private ExpectedStages judgement() {
        double judged = thousands(JUDGED_ROWS);
        double searched = thousands(SEARCHED_ROWS);
        add("experts that know of wrong labels", 0.4 + 0.5 * judged * (0.5 + width()));
        add("experts teach one another", 0.15 * thousands(TRAINED_ROWS) * (0.5 + 0.5 * width()));
        add("doubt or wrong labels", 0.08 * thousands(TRAINED_ROWS));
        if (rows > TRAINED_ROWS) {
            add("all rows", 0.02 * rows / 1000);
        }
        add("one block", 0.6 * searched);
        add("2 blocks", 1.0 * searched);
        add("3 blocks", RARELY * 1.2 * searched);
        return this;
    }

    private ExpectedStages division() {
        judgement();
        if (rows > SEARCHED_ROWS) {
            add("all rows", 0.01 * rows / 1000);
        }
        return add("train the experts", 0.15 + 0.35 * thousands(2 * SEARCHED_ROWS) * (0.5 + 0.5 * width()));
    }

    private ExpectedStages measures() {
        double pass = 1e-6 * rows * features * outputs;
        add("measure V", pass);
        add("labels of one rule", 4 * pass);
        add("permuted labels", 4 * pass);
        add("measure the blocks", 0.1 + 2 * pass);
        return add("look at influences", 0.1 + 2 * pass);
    }

    private ExpectedStages trained() {
        add("train router", NEVER_LESS);
        add("router", RARELY * thousands(SEARCHED_ROWS));
        return add("train what to compare with", 0.6 + 0.6 * thousands(2 * SEARCHED_ROWS) * (0.5 + 0.5 * width()));
    }

    private ExpectedStages givenJudgement() {
        add("judge by the given probabilities", 1e-5 * rows * (outputs + 1));
        return add("doubt or wrong labels", 0.03 * rows / 1000);
    }

    private ExpectedStages purification(boolean isWritten, boolean diagnosed) {
        add("train the experts", RARELY * 0.35 * thousands(SEARCHED_ROWS));
        add("fit the purified model", 0.3 * thousands(TRAINED_ROWS) * width());
        add("score the rows", 0.2 * thousands(TRAINED_ROWS));
        measures();
        if (isWritten) {
            add("follow the removal", 0.4 * thousands(TRAINED_ROWS) * width());
        }
        if (diagnosed) {
            add(DataQuality.PHASE, 0.5 * thousands(NEIGHBOURED_ROWS) + 1e-5 * rows * features);
        }
        return isWritten ? writing() : this;
    }

    private ExpectedStages writing() {
        return add(WRITE, 0.4 + 0.005 * rows / 1000);
    }
}
