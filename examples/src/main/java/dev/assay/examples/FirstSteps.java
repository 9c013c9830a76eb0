package dev.assay.examples;

import dev.assay.Assay;
import dev.assay.Model;
import dev.assay.Prediction;
import dev.assay.RunResult;
import dev.assay.divide.Block;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * From a labelled table to a model that predicts a row: two devices, one of which labels by a rule of its own.
 *
 * <pre>java dev.assay.examples.FirstSteps FOLDER</pre>
 */
public final class FirstSteps {
    private static final int ROWS = 600;

    private FirstSteps() {}

    /** Works in the folder that is named. */
    public static void main(String[] arguments) throws IOException {
        run(Path.of(arguments[0]), System.out);
    }

    static void run(Path folder, PrintStream out) throws IOException {
        Path table = writeTable(folder.resolve("devices.csv"));

        RunResult result = Assay.read(table).label("state").source("device").run();
        out.println("verdict: " + result.verdict());
        out.printf(Locale.ROOT, "V of all rows: %.3f%n", result.potential());
        for (Block block : result.blocks()) {
            out.printf(
                    Locale.ROOT,
                    "block of %d rows, %s expert%n",
                    block.size(),
                    block.expert().name());
        }
        result.worth()
                .ifPresent(worth -> out.println(
                        "a new row's block is known by: " + worth.way().key()));

        Path saved = folder.resolve("model");
        result.save(saved);
        Model model = Assay.load(saved);
        for (String device : new String[] {"A", "B"}) {
            Prediction prediction = model.predict(Map.of("pressure", 1.5, "heat", -1.5, "device", device));
            out.printf(
                    Locale.ROOT,
                    "device %s: %s with probability %.2f%n",
                    device,
                    prediction.label(),
                    prediction.probabilities().get(prediction.label()));
        }
    }

    /** Device A is worn where the pressure is high, device B where the heat is. */
    private static Path writeTable(Path file) throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("pressure,heat,device,state\n");
        for (int row = 0; row < ROWS; row++) {
            double pressure = random.nextGaussian();
            double heat = random.nextGaussian();
            boolean first = random.nextInt(3) > 0;
            boolean worn = (first ? pressure : heat) > 0;
            text.append(String.format(
                    Locale.ROOT, "%.4f,%.4f,%s,%s%n", pressure, heat, first ? "A" : "B", worn ? "worn" : "good"));
        }
        Files.writeString(file, text);
        return file;
    }
}
