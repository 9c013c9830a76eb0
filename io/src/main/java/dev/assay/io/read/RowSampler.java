package dev.assay.io.read;

import dev.assay.work.Seeds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Draws some rows of many by what they hold, in one pass: those whose hashes are the smallest. Whatever the order of the rows, the same
 * contents are drawn, and of rows with one content all or none; where such rows come last, there are more of them than were asked for.
 * O(n) time, memory of 24 bytes for each row that is asked for and one bit for each of all.
 */
public final class RowSampler {
    static final int MOST_LABELS = 100_000;

    private final int wanted;
    private final long salt;
    private final Predicate<String> isLabel;
    private final Map<String, Integer> markers = new TreeMap<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private long[] hashes;
    private int[] records;
    private int candidates;
    private int room;
    private long largest = Long.MAX_VALUE;
    private int seen;
    private int labelled;

    /**
     * Draws about so many rows.
     *
     * @param isLabel which texts are labels; rows without one are never drawn
     */
    public RowSampler(int wanted, long seed, Predicate<String> isLabel) {
        if (wanted < 1) {
            throw new IllegalArgumentException("a sample of " + wanted + " rows, expected at least 1");
        }
        this.wanted = wanted;
        this.salt = Seeds.child(seed, "sampled rows");
        this.isLabel = isLabel;
        this.room = (int) Math.min(Integer.MAX_VALUE - 8, 2L * wanted);
        this.hashes = new long[Math.min(room, 1 << 16)];
        this.records = new int[hashes.length];
    }

    /** Takes the next row without a label. */
    public void unlabelled() {
        seen++;
    }

    /**
     * Takes the next row.
     *
     * @param hash of all that it holds, its label included
     */
    public void take(String label, long hash) {
        if (!isLabel.test(label)) {
            if (!label.isBlank()) {
                markers.merge(label.strip(), 1, Integer::sum);
            }
            unlabelled();
            return;
        }
        if (labels.size() < MOST_LABELS || labels.containsKey(label)) {
            labels.merge(label, 1, Integer::sum);
        }
        labelled++;
        // the order of the hashes says nothing about the rows
        long mixed = Seeds.mix(hash ^ salt) >>> 1;
        if (mixed <= largest) {
            if (candidates == room) {
                shrink();
            }
            if (candidates == hashes.length) {
                int length = (int) Math.min(room, 2L * candidates);
                hashes = Arrays.copyOf(hashes, length);
                records = Arrays.copyOf(records, length);
            }
            if (mixed <= largest) {
                hashes[candidates] = mixed;
                records[candidates++] = seen;
            }
        }
        seen++;
    }

    /** The hash of what came before and a text. */
    public static long hash(long before, String text) {
        long hash = Seeds.mix(before ^ text.length());
        for (int place = 0; place < text.length(); place++) {
            hash = Seeds.mix(hash ^ text.charAt(place));
        }
        return hash;
    }

    /** The hash of what came before and a number; 0 and -0 are one number. */
    public static long hash(long before, double number) {
        return Seeds.mix(before ^ Double.doubleToLongBits(number == 0 ? 0.0 : number));
    }

    /** What was drawn. */
    public RowSample sample() {
        if (candidates > wanted) {
            shrink();
        }
        BitSet drawn = new BitSet(seen);
        for (int place = 0; place < candidates; place++) {
            drawn.set(records[place]);
        }
        return new RowSample(drawn, labelled, seen - labelled, markers, labels);
    }

    /** Leaves the candidates that are still drawn if no other row comes. */
    private void shrink() {
        long[] sorted = Arrays.copyOf(hashes, candidates);
        Arrays.sort(sorted);
        largest = sorted[wanted - 1];
        int left = 0;
        for (int place = 0; place < candidates; place++) {
            if (hashes[place] <= largest) {
                hashes[left] = hashes[place];
                records[left++] = records[place];
            }
        }
        candidates = left;
        if (2L * candidates > room) {
            // one content fills the sample
            room = (int) Math.min(Integer.MAX_VALUE - 8, 2L * room);
        }
    }
}
