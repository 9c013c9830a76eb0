package dev.assay.app.screen;

import dev.assay.app.result.Choice;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.FindingWords;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PotentialWords;
import dev.assay.app.result.PurificationTables;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Note;
import dev.assay.data.RealTargets;
import dev.assay.data.Remedy;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.Task;
import dev.assay.job.Finding;
import dev.assay.job.PurifyMeasures;
import dev.assay.job.PurifyOutcome;
import dev.assay.purify.Purification;
import dev.assay.purify.RowScores;
import dev.assay.purify.TrajectoryPoint;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The screen at the end of a run: what the data is, how mixed it is, what stands out, what to do next. */
public final class PurificationScreen {
    private static final int SHOWN_CLASSES = 6;
    private static final int SHOWN_NOTES = 4;
    private static final int SHOWN_ROWS = 10;
    private static final int LABEL_WIDTH = 24;

    private final Screen screen = new Screen();

    /**
     * What diagnose and purify say.
     *
     * @param quality what was seen of the features and the order of the rows
     * @param done what became of the rows that do not fit, as a title begins: "Removed", "Suspicious"
     */
    public String purified(
            LoadedData data,
            DataRemarks about,
            PurifyOutcome found,
            List<String> quality,
            List<String> advice,
            String done,
            List<Path> files,
            boolean explained) {
        Finding finding = found.finding();
        verdict(finding, found.purification());
        about.all().forEach(screen::line);
        screen.title("What to do next");
        advice.forEach(screen::line);
        suspicious(data, found.purification(), finding, done);
        if (finding != null) {
            ConfusionScreen.show(finding, screen);
        }
        RuleScreen.showSuspicious(found.rules(), FindingWords.removedRows(finding), screen);
        if (explained) {
            explanation(found);
            if (!quality.isEmpty()) {
                screen.title("The features and the order of the rows, labels aside");
                quality.forEach(screen::line);
            }
        }
        return data(data, explained).end(files, explained).toString();
    }

    /** What was read, and what the user should know about how it was taken. */
    public PurificationScreen data(LoadedData data, boolean explained) {
        Dataset dataset = data.dataset();
        screen.title(data.source().path() + ": " + Numbers.count(dataset.size()) + " rows, "
                + Numbers.count(dataset.dimension() - 1) + (dataset.dimension() == 2 ? " feature" : " features"));
        screen.line(label(data));
        if (explained && data.settings().task() == Task.AUTO) {
            screen.line(data.taskReason());
        }
        List<Note> notes = data.notes();
        int shown = explained ? notes.size() : SHOWN_NOTES;
        notes.stream()
                .limit(shown)
                .map(note -> note.message(PurificationScreen::asOption))
                .forEach(screen::line);
        if (notes.size() > shown) {
            screen.line((notes.size() - shown) + " more notes are in run.json");
        }
        return this;
    }

    /** A parameter of reading is an option: {@code leave it out (--drop 'a b')}. */
    private static String asOption(Remedy remedy) {
        String parameter = remedy.parameter();
        return parameter == null
                ? remedy.words()
                : remedy.words() + " (--" + parameter + " " + TerminalText.quoted(remedy.value()) + ")";
    }

    private static String label(LoadedData data) {
        String label = "label \"" + data.source().label() + "\": ";
        if (data.dataset().targets() instanceof ClassTargets classes) {
            int[] counts = new int[classes.classes()];
            for (int code : classes.codes()) {
                counts[code]++;
            }
            List<String> shown = IntStream.range(0, counts.length)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer code) -> -counts[code]))
                    .limit(SHOWN_CLASSES)
                    .map(code -> Numbers.cut(classes.names().get(code), LABEL_WIDTH) + " ("
                            + Numbers.count(counts[code]) + ")")
                    .toList();
            return label + counts.length + " classes: " + String.join(", ", shown)
                    + (counts.length > SHOWN_CLASSES ? ", ..." : "");
        }
        RealTargets numbers = (RealTargets) data.dataset().targets();
        return label + "numbers, mean " + Numbers.number(numbers.mean()) + ", standard deviation "
                + Numbers.number(numbers.scale());
    }

    /** What the data is made of, and what a test set that was watched says. */
    private PurificationScreen verdict(@Nullable Finding finding, Purification purification) {
        screen.title(
                finding == null
                        ? "No verdict: rows were looked for by the criterion " + Choice.name(purification.criterion())
                        : FindingWords.sentence(finding));
        if (finding != null) {
            FindingWords.gloss(finding).forEach(screen::line);
        }
        TrajectoryPoint first = purification.trajectory().get(0);
        TrajectoryPoint last = purification.trajectory().get(purification.stop());
        if (!Double.isNaN(first.watchedAccuracy())) {
            screen.line((purification.data().targets() instanceof ClassTargets ? "Accuracy" : "R²")
                    + " on the test data: " + Numbers.number(first.watchedAccuracy()) + " with all rows, "
                    + Numbers.number(last.watchedAccuracy()) + " with the kept ones (watched, never used)");
        }
        return this;
    }

    /** Why, by which evidence, and V before, after and with shuffled labels. */
    private PurificationScreen explanation(PurifyOutcome found) {
        PurifyMeasures measures = found.measures();
        Purification purification = found.purification();
        screen.title("Why");
        purification.explanation().forEach(screen::line);
        if (purification.data().dimension() == 1) {
            return this;
        }
        screen.title(PotentialWords.TITLE);
        screen.line(PotentialWords.sentence(measures.before(), measures.scale()));
        if (purification.removed().length > 0) {
            screen.line("V of the kept rows " + Numbers.number(measures.after()));
        }
        if (measures.paper()) {
            screen.line("V is " + PotentialWords.PAPER);
        } else {
            PotentialWords.modelSentences(measures.layer(), found.settings().learners())
                    .forEach(screen::line);
        }
        return this;
    }

    /**
     * How many rows do not fit the rest, and the worst of them; nothing where there are too few rows to tell.
     *
     * @param done what became of them, as a title begins: "Removed", "Suspicious"
     */
    public PurificationScreen suspicious(
            LoadedData data, Purification purification, @Nullable Finding finding, String done) {
        if (finding != null && finding.verdict() == Verdict.TOO_FEW_ROWS) {
            return this;
        }
        int n = data.dataset().size();
        int removed = purification.removed().length;
        screen.title(
                removed == 0
                        ? (finding == null ? "No row was removed" : "No label looks wrong beyond doubt")
                                + "; the most suspicious rows"
                        : done + ": " + Numbers.count(removed) + " " + FindingWords.removedRows(finding) + ", of "
                                + Numbers.count(n) + " (" + Numbers.percent((double) removed / n)
                                + "); the most suspicious first");
        RowScores scores = purification.scores();
        String ranked = purification.recommendedScore();
        boolean isTrust = ranked.equals(RowScores.TRUST);
        RowsScreen.show(
                data,
                mostSuspicious(purification),
                new RowsScreen.Doubts(
                        example -> PurificationTables.suggestion(data.dataset().targets(), scores, example),
                        example -> PurificationTables.suggestedProbability(scores, example),
                        isTrust ? FindingWords.trustTitle(finding) : ranked,
                        scores.column(ranked),
                        isTrust
                                || (ranked.equals(RowScores.OUT_OF_FOLD_PROBABILITY)
                                        && data.dataset().targets() instanceof ClassTargets)),
                screen);
        return this;
    }

    /** Where the files are, and where there is more to know. */
    public PurificationScreen end(List<Path> files, boolean explained) {
        screen.files(files);
        if (!explained) {
            screen.more();
        }
        return this;
    }

    @Override
    public String toString() {
        return screen.toString();
    }

    private static int[] mostSuspicious(Purification purification) {
        double[] score = purification.scores().column(purification.recommendedScore());
        double sign = RowScores.isLowSuspicious(purification.recommendedScore()) ? 1 : -1;
        return IntStream.range(0, score.length)
                .filter(i -> !Double.isNaN(score[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> sign * score[i]))
                .limit(SHOWN_ROWS)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
