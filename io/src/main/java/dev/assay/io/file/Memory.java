package dev.assay.io.file;

import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import java.util.List;
import java.util.Locale;

/** Says no before memory runs out rather than when it does. */
public final class Memory {

    /** The share of the heap that the numbers may take: the method needs room too. */
    private static final double SHARE = 0.8;

    private Memory() {}

    /**
     * Checks that so many numbers can be held.
     *
     * @param copies how many numbers of the file or of its features there are at a time for each example, all copies counted
     * @throws InvalidInputException with what is needed and what there is
     */
    public static void require(String name, long examples, long numbersPerExample, long copies) {
        double numbers = (double) examples * numbersPerExample;
        double needed = Double.BYTES * (double) examples * copies;
        double allowed = SHARE * Runtime.getRuntime().maxMemory();
        if (numbers > Integer.MAX_VALUE - 8 || needed > allowed) {
            throw new InvalidInputException(
                    String.format(
                            Locale.ROOT,
                            "%s is too large: %d examples of %d numbers need %.2f GB in all their copies, this process may use"
                                    + " %.2f GB for them",
                            name,
                            examples,
                            numbersPerExample,
                            needed / 1e9,
                            allowed / 1e9),
                    List.of(
                            Remedy.of("take fewer examples or columns"),
                            Remedy.by(
                                    "allow more memory",
                                    "memory",
                                    (long) Math.ceil(needed / SHARE / 1e8) * 100 + "m")));
        }
    }
}
