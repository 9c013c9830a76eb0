package dev.assay.app.result;

import dev.assay.data.ClassTargets;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.job.GivenMeasures;
import dev.assay.judge.OutOfFoldSigns;
import dev.assay.predict.Reliability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be said of probabilities that were given. */
public final class GivenWords {
    private static final int SHOWN_SHIFTS = 3;

    private GivenWords() {}

    /** What the reader of any result should know, one sentence each: warnings first. */
    public static List<String> remarks(LoadedData data, @Nullable GivenMeasures given) {
        if (given == null || !(data.dataset().targets() instanceof ClassTargets classes)) {
            return List.of();
        }
        List<String> remarks = new ArrayList<>();
        OutOfFoldSigns signs = given.signs();
        if (signs.isMemorised()) {
            remarks.add("WARNING: the probabilities look as if their model had seen the labels: of "
                    + Numbers.rows(signs.lonely()) + " whose label at most " + OutOfFoldSigns.MOST_COMPANY
                    + " of their "
                    + OutOfFoldSigns.NEIGHBOURS + " nearest neighbours has, they name it in "
                    + Numbers.percent(share(signs))
                    + ". Such a model finds its own wrong labels right. Make them out of fold, with cross_val_predict for"
                    + " example; unless the model knows more than this file.");
        } else if (signs.isWithoutFault()) {
            remarks.add(
                    "The probabilities agree with every label, nearly all for certain. That is easy data, or a model that"
                            + " had seen the labels and can find nothing; the probabilities alone cannot tell which. Were they made"
                            + " out of fold?");
        }
        signs.shifts().stream()
                .limit(SHOWN_SHIFTS)
                .forEach(
                        shift -> remarks.add(
                                "Fold " + (shift.fold() + 1) + " is unlike the others: class \""
                                        + classes.names().get(shift.code()) + "\" is the label of "
                                        + Numbers.percent(shift.labelled())
                                        + " of its rows, and is given a probability of "
                                        + Numbers.percent(shift.predicted())
                                        + " on average. Were its columns in another order, or the class absent where its model learned?"));
        remarks.add(reliability(given.reliability()));
        if (data.dataset().dimension() == 1) {
            remarks.add(
                    "Labels were judged by the given probabilities alone: what a model does not know, and is wrong about"
                            + " everywhere alike, looks like wrong labels.");
        }
        return remarks;
    }

    private static double share(OutOfFoldSigns signs) {
        return (double) signs.lonelyAgreeing() / signs.lonely();
    }

    private static String reliability(Reliability reliability) {
        return "The given probabilities name the label of " + Numbers.percent(reliability.accuracy())
                + " of the rows; on average they miss what they promise by "
                + Numbers.percent(reliability.given().calibrationError()) + ", by "
                + Numbers.percent(reliability.calibrated().calibrationError()) + " at a temperature of "
                + Numbers.number(reliability.temperature()) + " (above 1: too sure of themselves).";
    }

    /** The entry of run.json; null where none were given. */
    static @Nullable Map<String, @Nullable Object> entry(LoadedData data, @Nullable GivenMeasures given) {
        ProbabilityFiles files = data.settings().probabilities();
        if (files == null || given == null || !(data.dataset().targets() instanceof ClassTargets classes)) {
            return null;
        }
        OutOfFoldSigns signs = given.signs();
        Reliability reliability = given.reliability();
        return RunRecord.entry(
                "path", files.probabilities().toString(),
                "sha256", sha256(data, files.probabilities()),
                "foldsPath", files.folds() == null ? null : files.folds().toString(),
                "labels", files.labels(),
                "accuracy", reliability.accuracy(),
                "temperature", reliability.temperature(),
                "given", reliability.given(),
                "calibrated", reliability.calibrated(),
                "looksInSample", signs.isMemorised(),
                "withoutFault", signs.isWithoutFault(),
                "lonelyRows", signs.lonely(),
                "lonelyRowsNamed", signs.lonelyAgreeing(),
                "foldShifts",
                        signs.shifts().stream()
                                .map(shift -> RunRecord.entry(
                                        "fold", shift.fold() + 1,
                                        "class", classes.names().get(shift.code()),
                                        "labelled", shift.labelled(),
                                        "predicted", shift.predicted()))
                                .toList());
    }

    private static @Nullable String sha256(LoadedData data, Path path) {
        return data.source().content().files().stream()
                .filter(file -> file.path().equals(path))
                .map(SourceContent.Digest::sha256)
                .findFirst()
                .orElse(null);
    }
}
