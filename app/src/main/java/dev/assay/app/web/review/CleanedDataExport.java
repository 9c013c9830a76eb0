package dev.assay.app.web.review;

import dev.assay.app.run.RunInput;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.input.RunInputs;
import dev.assay.app.web.run.Commands;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.app.web.run.RunFolders;
import dev.assay.io.DataReader;
import dev.assay.io.corrected.CleanedData;
import dev.assay.io.read.DataSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The data of a run as the decisions about its rows leave it. */
public final class CleanedDataExport {
    private final Reviews reviews;
    private final Commands commands;

    public CleanedDataExport(Reviews reviews, Commands commands) {
        this.reviews = reviews;
        this.commands = commands;
    }

    /**
     * What is to be written.
     *
     * @throws ApiError 409 if nothing was decided
     * @throws dev.assay.data.InvalidInputException if the data is not there any more, or not what it was
     */
    public CleanedData of(RunFolder run) {
        RunFacts facts = RunFacts.of(run);
        if (facts == null) {
            throw ApiError.conflict("this run is not finished: there is nothing to decide about yet");
        }
        Set<Integer> dropped = new HashSet<>();
        Map<Integer, String> labels = new HashMap<>();
        Map<Integer, String> previous = new HashMap<>();
        boolean any = false;
        for (ReviewLog.Decision decision : reviews.decided(run).values()) {
            any |= !decision.decision().equals("skip");
            if (decision.decision().equals("drop")) {
                dropped.add(decision.row());
                previous.put(decision.row(), decision.previousLabel());
            } else if (decision.decision().equals("relabel")) {
                labels.put(decision.row(), decision.label());
                previous.put(decision.row(), decision.previousLabel());
            }
        }
        if (!any) {
            throw ApiError.conflict("no row of this run was decided about yet: look at its rows first");
        }
        RunInput input = RunInputs.of(run, facts, commands);
        DataSource source = new DataReader(1).locate(input.data(), input.reading());
        facts.requireSame(source);
        CleanedData cleaned = new CleanedData(source, input.reading().source(), dropped, labels);
        cleaned.requireUnchanged(previous);
        return cleaned;
    }

    /** Writes it into a folder. */
    public static Path write(CleanedData cleaned, Path folder) {
        return cleaned.write(folder.resolve("cleaned." + cleaned.extension()));
    }

    /** What a person would call it. */
    public static String name(CleanedData cleaned) {
        String name = String.valueOf(cleaned.source().path().getFileName());
        return RunFolders.stem(name) + "-cleaned." + cleaned.extension();
    }
}
