package dev.assay.work;

/**
 * Seeds as named children of one seed: whatever draws at random draws from a child of its own, named for what is drawn.
 *
 * <p>{@code child(s, name, number) = mix(s ^ mix(h(name) 2^32 + number))}, with h the hash code that {@link String} promises. Both mixes are
 * bijections, so that children of one seed differ wherever the names' hashes or the numbers do; those of different seeds differ but for a
 * chance of 2<sup>-64</sup>. A sum of a seed and a number would meet that of its neighbour.
 */
public final class Seeds {
    private static final int NAME_BITS = 32;

    private Seeds() {}

    /** The child of a name. */
    public static long child(long seed, String name) {
        return child(seed, name, 0);
    }

    /** The child of a name and a number, for what is drawn several times: rounds, parts, starts. */
    public static long child(long seed, String name, int number) {
        return mix(seed ^ mix((long) name.hashCode() << NAME_BITS | Integer.toUnsignedLong(number)));
    }

    /** The finaliser of SplitMix64, a bijection: every bit of the input changes every bit of the output. */
    public static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
