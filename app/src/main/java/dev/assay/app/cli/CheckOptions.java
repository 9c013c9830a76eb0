package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.data.InvalidInputException;
import dev.assay.job.CheckLimits;
import dev.assay.job.RowLimit;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What data must keep to. */
final class CheckOptions {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9}|\\d{0,9}\\.\\d{1,18})\\s?(%)?");

    @Option(names = "--max-noise", paramLabel = "SHARE", description = "Wrong labels at the most.")
    private @Nullable String noise;

    @Option(names = "--max-blocks", paramLabel = "N", description = "Blocks, rules that made the labels, at the most.")
    private @Nullable Integer blocks;

    @Option(
            names = "--min-accuracy",
            paramLabel = "SHARE",
            description = "Accuracy (numbers: R2) at the least, on --test or on one row in five, held out.")
    private @Nullable String accuracy;

    @Option(
            names = "--max-suspicious",
            paramLabel = "ROWS",
            description = "Rows whose label looks wrong, at the most: a share (5%%) or a number (20).")
    private @Nullable String suspicious;

    @Option(
            names = "--max-copies",
            paramLabel = "ROWS",
            description = "Rows that equal an earlier one in every feature, at the most: a share or a number.")
    private @Nullable String copies;

    @Option(names = "--no-leaks", description = "No column may tell the label next to perfectly on its own.")
    private boolean noLeaks;

    @Option(
            names = "--reference",
            paramLabel = "DIR",
            description =
                    "The folder of an earlier run, diagnose, purify, divide or check: have columns, labels, blocks,"
                            + " wrong labels or V drifted?")
    @Nullable
    Path reference;

    @Option(
            names = "--max-drift",
            paramLabel = "SHARE",
            description = "Rows that may have moved in a column, the labels, the blocks (default: 10%%).")
    private String drift = Double.toString(CheckLimits.DRIFT);

    @Option(
            names = "--max-noise-drift",
            paramLabel = "SHARE",
            description = "Change of the share of wrong labels (default: 2%%).")
    private String noiseDrift = Double.toString(CheckLimits.NOISE_DRIFT);

    @Option(
            names = "--max-v-drift",
            paramLabel = "SHARE",
            description = "Change of V, of the larger one (default: 50%%).")
    private String potentialDrift = Double.toString(CheckLimits.POTENTIAL_DRIFT);

    @Option(names = "--junit", paramLabel = "FILE", description = "The checks as results of tests, in JUnit's XML.")
    @Nullable
    Path junit;

    /** The same for the run. */
    CheckLimits limits() {
        return new CheckLimits(
                noise == null ? null : share("--max-noise", noise),
                blocks == null ? null : Choice.atLeastOne("--max-blocks", blocks),
                accuracy == null ? null : share("--min-accuracy", accuracy),
                suspicious == null ? null : rows("--max-suspicious", suspicious),
                copies == null ? null : rows("--max-copies", copies),
                noLeaks,
                share("--max-drift", drift),
                share("--max-noise-drift", noiseDrift),
                share("--max-v-drift", potentialDrift));
    }

    private static double share(String option, String text) {
        Double share = asShare(text);
        if (share == null) {
            throw new InvalidInputException(option + " is '" + text
                    + "', expected a share from 0 to 1: in per cent (3%), or as a decimal (0.03)");
        }
        return share;
    }

    private static RowLimit rows(String option, String text) {
        Double share = asShare(text);
        Matcher amount = AMOUNT.matcher(text.strip());
        if (amount.matches() && amount.group(2) == null && !amount.group(1).contains(".")) {
            return new RowLimit(Double.parseDouble(amount.group(1)), false);
        }
        if (share == null) {
            throw new InvalidInputException(
                    option + " is '" + text + "', expected a share (5% or 0.05), or a number of rows (20)");
        }
        return new RowLimit(share, true);
    }

    /** 3% or 0.03; whole numbers without a sign are none but for 0, as nobody knows what is meant by 1. Null for what is no share. */
    private static @Nullable Double asShare(String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            return null;
        }
        boolean percent = amount.group(2) != null;
        double value = Double.parseDouble(amount.group(1)) / (percent ? 100 : 1);
        boolean told = percent || value == 0 || amount.group(1).contains(".");
        return told && value <= 1 ? value : null;
    }
}
