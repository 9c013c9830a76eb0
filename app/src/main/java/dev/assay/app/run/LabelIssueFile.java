package dev.assay.app.run;

import dev.assay.app.result.LabelIssues;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.JsonFiles;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.OutputFile;
import dev.assay.io.result.ResultFile;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.PurifyOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of labels that look wrong, in the format of those who relabel: a table as cleanlab has it, or tasks for Label Studio.
 *
 * @param file to be written
 * @param isTable whether it is a table
 */
record LabelIssueFile(OutputFile file, boolean isTable) {
    /**
     * Checks the place before the work; null where nobody asked for such a file.
     *
     * @param directory where the run goes, or null
     * @throws InvalidInputException if it has no name of either format, is read by the run, or is a file of the run itself
     */
    static @Nullable LabelIssueFile atNullable(@Nullable Path path, RunInput input, @Nullable RunDirectory directory) {
        if (path == null) {
            return null;
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".json")) {
            throw new InvalidInputException(
                    "--label-issues " + path + " does not say by its name what to write: end it with"
                            + " .csv (a table as cleanlab has it) or .json (tasks for Label Studio)");
        }
        OutputFile file = OutputFile.at(path, "labels.csv").apartFrom(input.files());
        if (directory != null) {
            file.apartFrom(directory);
        }
        return new LabelIssueFile(file, name.endsWith(".csv"));
    }

    void write(LoadedData data, PurifyOutcome found) {
        LabelIssues issues = new LabelIssues(data, found);
        if (isTable) {
            new ResultFile(file).write(issues.table());
            return;
        }
        String text = JsonFiles.text(issues.tasks());
        file.write(place -> Files.writeString(place, text, StandardCharsets.UTF_8));
    }

    /** Where it is, for somebody who wonders what to do. */
    String advice() {
        return isTable
                ? "Relabel by " + file.path() + ": a line for each row, True where its label looks wrong."
                : "Relabel in Label Studio: import " + file.path()
                        + ", the rows whose label looks wrong, the worst first.";
    }
}
