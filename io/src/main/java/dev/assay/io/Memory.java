package dev.assay.io;

import dev.assay.data.InvalidInputException;
import java.util.Locale;

/** Says no before memory runs out rather than when it does. */
final class Memory {

    /** The share of the heap that one copy of the features may take: the method needs room too. */
    private static final double SHARE = 0.8;

    private Memory() {}

    /**
     * Checks that so many numbers can be held.
     *
     * @throws InvalidInputException with what is needed and what there is
     */
    static void require(String name, long examples, long numbersPerExample) {
        double numbers = (double) examples * numbersPerExample;
        double needed = Double.BYTES * numbers;
        double allowed = SHARE * Runtime.getRuntime().maxMemory();
        if (numbers > Integer.MAX_VALUE - 8 || needed > allowed) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s is too large: %d examples of %d numbers need %.1f GB, this process may use %.1f GB;"
                            + " take fewer examples or columns, or allow more with java -Xmx",
                    name,
                    examples,
                    numbersPerExample,
                    needed / 1e9,
                    allowed / 1e9));
        }
    }
}
