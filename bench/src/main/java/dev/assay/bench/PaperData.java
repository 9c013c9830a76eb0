package dev.assay.bench;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.data.SyntheticFunction;
import dev.assay.data.SyntheticSample;
import dev.assay.linalg.Matrix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The files that the paper's authors published, and MNIST. None of them is part of the project: they are read from a
 * folder, and whoever asks is told where one is missing.
 *
 * @param folder holds {@code paper/figures}, {@code paper/synthetic}, {@code paper/emnist-4-8} and {@code mnist}
 */
record PaperData(Path folder) {
    static final String VARIABLE = "ASSAY_DATA";

    private static final int PIXELS = 784;
    private static final int POSITIONS = SyntheticFunction.POSITIONS;

    /** The folder that {@value #VARIABLE} names, or {@code ../shared/data} beside the checkout. */
    static PaperData standard() {
        String given = System.getProperty(VARIABLE, System.getenv(VARIABLE));
        return new PaperData(given != null ? Path.of(given) : checkout().resolve("../shared/data"));
    }

    /** The checkout that these classes were built in; the working directory if that cannot be told. */
    static Path checkout() {
        try {
            URI classes = PaperData.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            // bench/target/assay-bench.jar or bench/target/classes
            return Path.of(classes).resolve("../../..").normalize();
        } catch (URISyntaxException | RuntimeException unknown) {
            return Path.of("").toAbsolutePath();
        }
    }

    /**
     * The numbers behind a published figure, one row per line.
     *
     * @return empty where the file is absent
     */
    Optional<List<double[]>> figure(String file) {
        Path path = folder.resolve("paper/figures").resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        List<double[]> rows = new ArrayList<>();
        List<String> lines = lines(path);
        for (String line : lines.subList(1, lines.size())) {
            rows.add(Arrays.stream(line.split(",", -1))
                    .map(String::strip)
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        return Optional.of(rows);
    }

    /**
     * One of the synthetic tables; its rows belong to function 1, then 2, then 3.
     *
     * @param sizes how many rows belong to each function
     * @return empty where the file is absent
     */
    Optional<SyntheticSample> synthetic(String file, int... sizes) {
        Path path = folder.resolve("paper/synthetic").resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        List<String> lines = lines(path);
        int n = lines.size() - 1;
        if (n != IntStream.of(sizes).sum()) {
            throw new InvalidInputException(path + " has " + n + " rows, expected "
                    + IntStream.of(sizes).sum());
        }
        int[] letters = new int[n * POSITIONS];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            String row = lines.get(i + 1).replace(",", "");
            for (int j = 0; j < POSITIONS; j++) {
                letters[i * POSITIONS + j] = SyntheticFunction.LETTERS.indexOf(row.charAt(j));
            }
            labels[i] = SyntheticFunction.LETTERS.indexOf(row.charAt(POSITIONS));
        }
        int[] blocks = new int[n];
        int row = 0;
        for (int block = 0; block < sizes.length; block++) {
            Arrays.fill(blocks, row, row + sizes[block], block);
            row += sizes[block];
        }
        return Optional.of(new SyntheticSample(letters, labels, blocks));
    }

    /** The MNIST test images, 10,000 digits; d = 785 with the bias, pixels 0 to 1. */
    Dataset mnistTestImages() {
        byte[] images = gunzipped(required("mnist/t10k-images-idx3-ubyte.gz"));
        byte[] labels = gunzipped(required("mnist/t10k-labels-idx1-ubyte.gz"));
        int imageHeader = 16;
        int labelHeader = 8;
        int n = labels.length - labelHeader;
        Matrix features = new Matrix(n, PIXELS + 1);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < PIXELS; j++) {
                features.set(i, j, Byte.toUnsignedInt(images[imageHeader + i * PIXELS + j]) / 255.0);
            }
            features.set(i, PIXELS, 1);
            codes[i] = labels[labelHeader + i];
        }
        return Dataset.of(features, digits(codes));
    }

    /** 5,000 images of the MNIST training set, as {@link #mnistTestImages()}. */
    Dataset mnistTrainingSample() {
        List<String> lines = Arrays.asList(
                new String(gunzipped(required("mnist/mnist_5k.csv.gz")), StandardCharsets.US_ASCII).split("\n", 0));
        List<String> rows = Character.isDigit(lines.get(0).charAt(0)) ? lines : lines.subList(1, lines.size());
        Matrix features = new Matrix(rows.size(), PIXELS + 1);
        int[] codes = new int[rows.size()];
        for (int i = 0; i < codes.length; i++) {
            String[] fields = rows.get(i).strip().split(",", -1);
            for (int j = 0; j < PIXELS; j++) {
                features.set(i, j, Double.parseDouble(fields[j]) / 255.0);
            }
            features.set(i, PIXELS, 1);
            codes[i] = (int) Double.parseDouble(fields[PIXELS]);
        }
        return Dataset.of(features, digits(codes));
    }

    /** Targets of ten classes, the digits. */
    static ClassTargets digits(int[] codes) {
        return new ClassTargets(
                codes, IntStream.range(0, 10).mapToObj(Integer::toString).toList());
    }

    /**
     * A file without which there is nothing to do.
     *
     * @throws InvalidInputException if it is absent
     */
    Path required(String file) {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            throw new InvalidInputException("needs " + path.normalize()
                    + ", which is not there: name the folder that holds " + file + " with --data or " + VARIABLE);
        }
        return path;
    }

    private static byte[] gunzipped(Path path) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new InvalidInputException("cannot read " + path + ": " + failed.getMessage(), failed);
        }
    }

    /** The lines of a file without which there is nothing to do, blank ones left out. */
    List<String> lines(String file) {
        return lines(required(file));
    }

    private static List<String> lines(Path path) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException failed) {
            throw new InvalidInputException("cannot read " + path + ": " + failed.getMessage(), failed);
        }
    }
}
