package dev.assay.bench;

import dev.assay.app.run.OfferedModels;
import dev.assay.data.InvalidInputException;
import dev.assay.work.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes the paper's figures anew, each into a CSV and a PNG, with our numbers beside the published ones. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Computes figures of the paper 'Divide and Predict' anew, each into a CSV and a PNG, with our numbers beside the "
                    + "published ones.",
            "",
            "figure3  V and accuracy against the share of wrong labels, ten digits (MNIST; about 25 minutes)",
            "figure4  purification of images of 4 and 8, 30 %% of the labels wrong",
            "figure5  V and accuracy against the shares of two distributions",
            "figure6  purification of 700 rows of one distribution and 300 of another",
            "figure7  V and accuracy against the shares of three distributions",
            "figure8  purification of 700, 150 and 150 rows of three distributions",
            "theorem  what the paper's theorems say, measured by removing rows and training again",
            "accuracy test accuracy of Assay and of other methods on many cases (hours; --cases and --methods choose)",
            "noise    wrong labels in tables: what Assay and confident learning find, and what models are worth without them",
            "million  not a figure: writes a Parquet file of a million rows to measure with",
            "serve-load  not a figure: a hundred clients ask assay serve for predictions for ten seconds",
            "",
            "The published files are not part of the project. They are read from the folder given by --data, or by the "
                    + "environment variable ASSAY_DATA, or ../shared/data beside the checkout; where one is absent, that is "
                    + "said, and data of the same kind is drawn or its columns stay empty."
        })
public final class Reproduce implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    private static final Map<String, Figure> FIGURES = new TreeMap<>(Map.ofEntries(
            Map.entry("figure3", new MislabelFigure()),
            Map.entry("figure4", PurifyFigure.FIGURE_4),
            Map.entry("figure5", MixtureFigure.FIGURE_5),
            Map.entry("figure6", PurifyFigure.FIGURE_6),
            Map.entry("figure7", MixtureFigure.FIGURE_7),
            Map.entry("figure8", PurifyFigure.FIGURE_8),
            Map.entry("theorem", new TheoremExperiment()),
            Map.entry("accuracy", new AccuracyBenchmark()),
            Map.entry("noise", new NoiseBenchmark()),
            Map.entry("million", new MillionRows()),
            Map.entry("serve-load", new ServeLoad())));

    @Parameters(
            arity = "1..*",
            paramLabel = "FIGURE",
            description = "figure3 ... figure8, theorem, accuracy, noise, million or serve-load")
    private List<String> names = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "where the files go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("figures");

    @Option(names = "--data", paramLabel = "DIR", description = "where the published files are")
    private @Nullable Path data;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "samples per point (default: 5; figure3 and noise: 1; accuracy: 3, verdicts 20)")
    private @Nullable Integer repeats;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "iterations of a purification (default: as many as were published)")
    private @Nullable Integer iterations;

    @Option(names = "--fast", description = "purify with FAST instead of the paper's ONE_STEP")
    private boolean fast;

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "NAME",
            description = "accuracy, noise: those whose names begin so (default: all)")
    private List<String> cases = List.of();

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            description = "accuracy, noise: those whose names begin so (default: all)")
    private List<String> methods = List.of();

    @Option(
            names = "--model",
            paramLabel = "NAMES",
            description = "accuracy, noise: what Assay's experts may be, as for assay run (default: ${DEFAULT-VALUE})")
    private String model = OfferedModels.AUTO;

    @Option(names = "--resume", description = "accuracy, noise: measure only what the CSV in --out has not yet")
    private boolean resume;

    @Option(names = "--seed", paramLabel = "N", description = "seed of everything random (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "N", description = "number of threads (default: all processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        PrintWriter console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try {
            Map<String, Figure> wanted = new LinkedHashMap<>();
            for (String name : names) {
                Figure figure = FIGURES.get(name);
                if (figure == null) {
                    throw new InvalidInputException(
                            "no figure '" + name + "': expected one of " + String.join(", ", FIGURES.keySet()));
                }
                wanted.put(name, figure);
            }
            if (threads < 1 || (repeats != null && repeats < 1) || (iterations != null && iterations < 1)) {
                throw new InvalidInputException("--threads, --repeats and --iterations must be at least 1");
            }
            Files.createDirectories(out);
            try (Workers workers = Workers.of(threads)) {
                PaperData paperData = data == null ? PaperData.standard() : new PaperData(data);
                Session session = new Session(
                        paperData,
                        out,
                        repeats,
                        iterations,
                        fast,
                        seed,
                        cases,
                        methods,
                        OfferedModels.of("--model", model),
                        resume,
                        workers,
                        console);
                for (Map.Entry<String, Figure> entry : wanted.entrySet()) {
                    long start = System.nanoTime();
                    entry.getValue().reproduce(session);
                    session.say(
                            "%s: done in %.1f s%s", entry.getKey(), (System.nanoTime() - start) * 1e-9, peakMemory());
                }
            }
            console.println("files are in " + out);
            return 0;
        } catch (InvalidInputException wrong) {
            System.err.println("assay reproduce: " + wrong.getMessage());
            return BAD_INPUT;
        }
    }

    /** The most memory that this process ever had, where the system tells. */
    private static String peakMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return "";
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return ", peak memory " + line.substring("VmHWM:".length()).strip();
            }
        }
        return "";
    }

    /** {@code reproduce FIGURE...}, without the leading word. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Reproduce()).execute(arguments));
    }
}
