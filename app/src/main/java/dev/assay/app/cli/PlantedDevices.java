package dev.assay.app.cli;

import dev.assay.data.SyntheticFunction;
import dev.assay.data.SyntheticSample;
import dev.assay.work.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Tables of two devices that label by two rules, the paper's first and second function of ten letters, and whose readings
 * differ: data of which several experts and a router make more than one model can. The label is in column Q10; column device
 * says which device it was.
 *
 * @param train rows to learn from
 * @param test further rows of the same devices
 */
record PlantedDevices(Path train, Path test) {
    private static final int[] TRAINING = {450, 300};
    private static final int[] TEST = {300, 200};
    /** Readings of the second device are higher by so many of their standard deviations. */
    private static final double APART = 4;

    /** Writes both files into a folder. */
    static PlantedDevices write(Path folder, long seed) {
        return new PlantedDevices(
                write(folder.resolve("devices.csv"), TRAINING, seed),
                write(folder.resolve("devices-new.csv"), TEST, Seeds.child(seed, "new rows")));
    }

    private static Path write(Path file, int[] sizes, long seed) {
        SyntheticSample sample = SyntheticSample.drawPaper(sizes, seed).shuffled(seed);
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < SyntheticFunction.POSITIONS; j++) {
            text.append('Q').append(j).append(',');
        }
        text.append("reading,device,Q").append(SyntheticFunction.POSITIONS).append('\n');
        for (int i = 0; i < sample.size(); i++) {
            for (int j = 0; j < SyntheticFunction.POSITIONS; j++) {
                text.append(SyntheticFunction.LETTERS.charAt(sample.letters()[i * SyntheticFunction.POSITIONS + j]))
                        .append(',');
            }
            int device = sample.blocks()[i];
            text.append(String.format(Locale.ROOT, "%.3f", 20 + random.nextGaussian() + APART * device))
                    .append(',')
                    .append((char) ('A' + device))
                    .append(',')
                    .append(SyntheticFunction.LETTERS.charAt(sample.labels()[i]))
                    .append('\n');
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
        return file;
    }
}
