package dev.assay.data;

import dev.assay.linalg.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Letters with labels, drawn from one {@link SyntheticFunction} or from several: data of which it is known which rows
 * belong together.
 *
 * @param letters n x {@link SyntheticFunction#POSITIONS} codes of letters, row by row
 * @param labels n codes of letters
 * @param blocks the function that labelled each row, counted from 0
 */
public record SyntheticSample(int[] letters, int[] labels, int[] blocks) {
    private static final int POSITIONS = SyntheticFunction.POSITIONS;
    private static final int LEVELS = SyntheticFunction.LETTERS.length();

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they differ
     */
    public SyntheticSample {
        if (labels.length != blocks.length || letters.length != POSITIONS * labels.length) {
            throw new IllegalArgumentException(labels.length + " labels, " + blocks.length + " blocks and "
                    + letters.length + " letters, expected " + POSITIONS + " letters per label");
        }
    }

    /**
     * Draws {@code sizes[k]} rows for function k: letters independent and uniform, label by the function. Rows of the
     * first function come first, as in the paper's files. The same seed gives the same rows.
     *
     * @throws IllegalArgumentException if there are not as many sizes as functions
     */
    public static SyntheticSample draw(List<SyntheticFunction> functions, int[] sizes, long seed) {
        if (functions.size() != sizes.length) {
            throw new IllegalArgumentException(functions.size() + " functions, but " + sizes.length + " sizes");
        }
        int n = 0;
        for (int size : sizes) {
            n += size;
        }
        // java.util.Random: the one generator of the platform whose numbers are part of its specification
        Random random = new Random(seed);
        int[] letters = new int[n * POSITIONS];
        int[] labels = new int[n];
        int[] blocks = new int[n];
        int row = 0;
        for (int block = 0; block < sizes.length; block++) {
            for (int i = 0; i < sizes[block]; i++) {
                for (int j = 0; j < POSITIONS; j++) {
                    letters[row * POSITIONS + j] = random.nextInt(LEVELS);
                }
                labels[row] = functions.get(block).label(letters, row * POSITIONS);
                blocks[row] = block;
                row++;
            }
        }
        return new SyntheticSample(letters, labels, blocks);
    }

    /** A mixture of the paper's functions 1, 2, 3, as many as there are sizes, at most three. */
    public static SyntheticSample drawPaper(int[] sizes, long seed) {
        List<SyntheticFunction> functions = new ArrayList<>();
        for (int number = 1; number <= sizes.length; number++) {
            functions.add(SyntheticFunction.paper(number));
        }
        return draw(functions, sizes, seed);
    }

    /** n. */
    public int size() {
        return labels.length;
    }

    /** The rows of the given indices, in that order. */
    public SyntheticSample select(int[] indices) {
        int[] selectedLetters = new int[indices.length * POSITIONS];
        int[] selectedLabels = new int[indices.length];
        int[] selectedBlocks = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(letters, indices[i] * POSITIONS, selectedLetters, i * POSITIONS, POSITIONS);
            selectedLabels[i] = labels[indices[i]];
            selectedBlocks[i] = blocks[indices[i]];
        }
        return new SyntheticSample(selectedLetters, selectedLabels, selectedBlocks);
    }

    /** The same rows in random order. */
    public SyntheticSample shuffled(long seed) {
        Random random = new Random(seed);
        int[] order = new int[size()];
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return select(order);
    }

    /**
     * As the paper codes it: one column of zeros and ones per position and letter, in this order, then the bias; d = 41.
     * The classes are B, D, N, R.
     */
    public Dataset toDataset() {
        int d = POSITIONS * LEVELS + 1;
        Matrix features = new Matrix(size(), d);
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < POSITIONS; j++) {
                features.set(i, j * LEVELS + letters[i * POSITIONS + j], 1);
            }
            features.set(i, d - 1, 1);
        }
        List<String> names = new ArrayList<>();
        for (int j = 0; j < POSITIONS; j++) {
            for (int k = 0; k < LEVELS; k++) {
                names.add("Q" + j + "=" + SyntheticFunction.LETTERS.charAt(k));
            }
        }
        names.add("bias");
        Dataset plain = Dataset.of(
                features,
                new ClassTargets(
                        labels,
                        SyntheticFunction.LETTERS
                                .chars()
                                .mapToObj(Character::toString)
                                .toList()));
        return plain.withFeatures(features, names);
    }

    /** Writes the rows as the paper's files are: columns Q0 to Q9, the label in Q10, no column for the block. */
    public void writeCsv(Appendable out) throws IOException {
        for (int j = 0; j < POSITIONS; j++) {
            out.append("Q").append(Integer.toString(j)).append(',');
        }
        out.append("Q").append(Integer.toString(POSITIONS)).append('\n');
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < POSITIONS; j++) {
                out.append(SyntheticFunction.LETTERS.charAt(letters[i * POSITIONS + j]))
                        .append(',');
            }
            out.append(SyntheticFunction.LETTERS.charAt(labels[i])).append('\n');
        }
    }
}
