package dev.assay.app.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.Candidate;
import dev.assay.divide.Verdict;
import dev.assay.io.file.JsonFiles;
import dev.assay.job.EarlierRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The folder of an earlier run, read for what a later one is compared with. */
public final class EarlierRuns {
    private static final Set<String> COMMANDS = Set.of("diagnose", "purify", "divide", "run", "check");
    private static final String PROFILE = "profile";

    private EarlierRuns() {}

    /**
     * Reads.
     *
     * @throws InvalidInputException if there is no such run, it is damaged, of an earlier build, or made no judgement
     */
    public static EarlierRun read(Path folder) {
        Path file = folder.resolve("run.json");
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    folder + " is no folder, expected that of an earlier run, made by assay run,"
                            + " divide, purify, diagnose or check with --out");
        }
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    folder + " holds no run: it has no run.json; name the folder that an earlier run wrote");
        }
        JsonNode tree = JsonFiles.read(file);
        StoredFacts run = new StoredFacts(file, "", tree);
        String command = run.text("command");
        if (!COMMANDS.contains(command)) {
            throw new InvalidInputException(folder + " holds a run of assay " + command
                    + ", which judges no data: name one of assay run, divide, purify, diagnose or check");
        }
        StoredFacts data = run.at("data");
        if (!data.has(PROFILE)) {
            throw new InvalidInputException(
                    file + " is of Assay " + run.text("assayVersion")
                            + ", which did not keep yet what columns hold (data.profile): make that run again with this version");
        }
        String verdict = tree.path("verdict").asText("");
        if (!verdict.equals(Choice.key(Verdict.HOMOGENEOUS))
                && !verdict.equals(Choice.key(Verdict.NOISY))
                && !verdict.equals(Choice.key(Verdict.MIXED))) {
            throw new InvalidInputException(folder + " holds a run without a verdict ("
                    + (verdict.isEmpty() || verdict.equals("null") ? "it made none" : verdict)
                    + "), so there is nothing to compare with: name another run");
        }
        return new EarlierRun(
                (int) data.number("rows", 1, Integer.MAX_VALUE),
                ProfileFacts.read(data.at(PROFILE)),
                blocks(run, verdict),
                run.at("wrongLabels").number("share", 0, 1),
                run.at("wrongLabels").number("largestShare", 0, 1),
                potential(run),
                candidates(run));
    }

    private static List<Double> blocks(StoredFacts run, String verdict) {
        if (!verdict.equals(Choice.key(Verdict.MIXED))) {
            return List.of(1.0);
        }
        List<Double> shares = new ArrayList<>();
        double sum = 0;
        for (StoredFacts block : run.list("blocks")) {
            double share = block.number("share", 0, 1);
            shares.add(share);
            sum += share;
        }
        if (!(sum > 0)) {
            throw run.damaged("the shares of the blocks add up to " + sum);
        }
        double total = sum;
        return shares.stream()
                .map(share -> share / total)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** V of another model than usual is no V to compare with. */
    private static double potential(StoredFacts run) {
        StoredFacts measures = run.at("measures");
        return measures.text("potentialModel").equals(PotentialWords.MODEL)
                        && measures.node().path("potential").isNumber()
                ? measures.number("potential", 0, Double.MAX_VALUE)
                : Double.NaN;
    }

    private static List<Candidate> candidates(StoredFacts run) {
        return run.list("evidence").stream()
                .map(one -> new Candidate(
                        (int) one.number("blocks", 1, Integer.MAX_VALUE),
                        one.truth("unexplained"),
                        one.text("view"),
                        one.text("gate"),
                        one.number("evidence", -Double.MAX_VALUE, Double.MAX_VALUE),
                        one.number("behind", 0, Double.MAX_VALUE),
                        one.number("standardError", 0, Double.MAX_VALUE)))
                .toList();
    }
}
