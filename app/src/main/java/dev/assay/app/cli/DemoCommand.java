package dev.assay.app.cli;

import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.FindingWords;
import dev.assay.app.result.RunRecord;
import dev.assay.app.run.ModelRun;
import dev.assay.app.run.PurifyRun;
import dev.assay.app.run.RunInput;
import dev.assay.app.screen.ComparisonScreen;
import dev.assay.app.screen.DivisionScreen;
import dev.assay.app.screen.PurificationScreen;
import dev.assay.app.screen.Screen;
import dev.assay.data.EncodingStyle;
import dev.assay.divide.DivideSettings;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifySettings;
import dev.assay.route.RouterSelector;
import dev.assay.work.Progress;
import dev.assay.work.Stage;
import dev.assay.work.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay demo}: planted wrong labels found, and a planted mixture taken apart, before the user's eyes. */
@Command(
        name = "demo",
        description = "Works on data that comes along, of which it is known what is wrong with it: finds the wrong"
                + " labels in the paper's mixture of two rules and in handwritten digits, then takes a mixture of"
                + " two devices apart, trains an expert for each, and predicts new rows with them.",
        footer = {
            "",
            "Examples:",
            "  assay demo                      in a fresh temporary folder",
            "  assay demo --seed 7             other wrong labels",
            "  assay demo --out tour/          keep the data and the results in tour/"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    /** The most blocks that are looked for: there are two, and a demonstration is to be short. */
    private static final int DEVICES_AND_ONE_MORE = 3;

    private static final String INTRODUCTION = """
            assay demo: works on three data sets that come along, which takes about a minute:
              1. 1,000 rows of which 300 are labelled by another rule: found and taken out
              2. 1,797 handwritten digits, one label in ten made wrong: found
              3. 750 rows of two devices in one file: taken apart, and new rows predicted""";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the data and the results go (default: a fresh temporary folder).")
    private @Nullable Path out;

    @Mixin
    private RunOptions run = new RunOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(command, "set by picocli");
        return Session.run(self, run, "start it again for a whole one", (workers, progress) -> {
            Path folder = out == null ? temporaryFolder() : out;
            // all are looked at before anything is written
            try (RunDirectory mixtureResults = run.directory(folder.resolve("mixture"), false);
                    RunDirectory digitsResults = run.directory(folder.resolve("digits"), false);
                    RunDirectory devicesResults = run.directory(folder.resolve("devices"), false)) {
                if (!run.quiet) {
                    PrintWriter err = self.commandLine().getErr();
                    err.println(INTRODUCTION);
                    err.flush();
                }
                progress.expect(expected());
                PlantedData mixture = PlantedData.mixture(folder, run.seed);
                PurifyRun.Outcome mixtureOutcome = purify(self, mixture, mixtureResults, workers, progress);
                PlantedData digits = PlantedData.digits(folder, run.seed);
                PurifyRun.Outcome digitsOutcome = purify(self, digits, digitsResults, workers, progress);
                PlantedDevices devices = PlantedDevices.write(folder, run.seed);
                ModelRun.Outcome devicesOutcome = model(self, devices, devicesResults, workers, progress);

                Screen summary = new Screen();
                summary.title("1. The paper's mixture: 700 rows labelled by one rule, 300 by another");
                summary.line(found(mixture, mixtureOutcome.found().purification()));
                summary.title("2. Handwritten digits, one label in ten made wrong");
                summary.line(found(digits, digitsOutcome.found().purification()));
                return summary + "\n"
                        + new PurificationScreen()
                                .suspicious(
                                        digitsOutcome.read().data(),
                                        digitsOutcome.found().purification(),
                                        digitsOutcome.found().finding(),
                                        "Removed")
                        + "\n" + devices(devices, devicesResults, devicesOutcome, run.explain);
            }
        });
    }

    /** All three, so that one bar tells how far the whole is. */
    private static List<Stage> expected() {
        List<Stage> stages = new ArrayList<>();
        stages.addAll(ExpectedStages.ofPurification("mixture.csv", 1000, 41, 4));
        stages.addAll(ExpectedStages.ofPurification("digits.csv", 1797, 62, 10));
        stages.addAll(ExpectedStages.ofModel("devices.csv", 750, 15, 4));
        return stages;
    }

    private ModelRun.Outcome model(
            CommandSpec self, PlantedDevices devices, RunDirectory results, Workers workers, Progress progress) {
        RunInput input = new RunInput(
                devices.train(),
                ReadSettings.automatic().withLabel("Q10").withSource("device").withStyle(EncodingStyle.automatic()),
                devices.test(),
                null);
        DivideSettings settings =
                DivideSettings.AUTOMATIC.withMaxBlocks(DEVICES_AND_ONE_MORE).withSeed(run.seed);
        return new ModelRun(input, settings, RouterSelector.AUTO)
                .execute(results, record(self, "run", workers), workers, progress);
    }

    private RunRecord record(CommandSpec self, String command, Workers workers) {
        return new RunRecord(command, Session.commandLine(self), run.seed, workers.threads());
    }

    private static Screen devices(
            PlantedDevices devices, RunDirectory results, ModelRun.Outcome outcome, boolean explained) {
        Screen screen = new Screen();
        screen.title("3. Two devices that label by different rules, in one file; nobody says which row is whose");
        screen.line(FindingWords.sentence(outcome.divided().outcome().finding()) + "; "
                + outcome.comparison().grade() + ".");
        screen.line(outcome.comparison().sentence());
        DivisionScreen report = new DivisionScreen(screen, outcome.divided()).blocks();
        ComparisonScreen.show(outcome.comparison(), screen, outcome.testRows(), explained);
        if (explained) {
            report.sources();
        }
        screen.title("What to do next");
        screen.line("Look at the three runs in your browser: assay serve "
                + results.path().toAbsolutePath().getParent());
        screen.line("The same with your own table: assay run mine.csv --label COLUMN --out result/");
        screen.line("Predict with the model that was just made: assay predict " + results.path() + " " + devices.test()
                + " --out predictions.csv");
        screen.line("Find wrong labels: assay purify mine.csv --label COLUMN --out result/");
        screen.files(outcome.files());
        return screen;
    }

    private PurifyRun.Outcome purify(
            CommandSpec self, PlantedData planted, RunDirectory results, Workers workers, Progress progress) {
        ReadSettings reading =
                ReadSettings.automatic().withLabel(planted.label()).withStyle(EncodingStyle.automatic());
        return new PurifyRun(
                        new RunInput(planted.file(), reading, null, null),
                        PurifySettings.AUTOMATIC.withSeed(run.seed),
                        false,
                        null)
                .execute(results, record(self, "purify", workers), workers, progress);
    }

    /** How many of the planted wrong labels were removed, and how many others. */
    private static String found(PlantedData planted, Purification purification) {
        int found = 0;
        int innocent = 0;
        for (int example : purification.removed()) {
            if (planted.wrong()[purification.data().rows()[example]]) {
                found++;
            } else {
                innocent++;
            }
        }
        return "found " + found + " of " + planted.wrongCount() + " wrong labels, and removed " + innocent + " of "
                + (planted.wrong().length - planted.wrongCount()) + " other rows";
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("assay-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }
}
