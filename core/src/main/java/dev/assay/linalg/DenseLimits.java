package dev.assay.linalg;

/**
 * Up to what order p a dense p x p matrix is worth its time, by what is done with it. What one costs, in seconds of one processor (2 cores
 * of AVX-512 at hand), formed as sum w_i x_i x_i' of 10,000 rows:
 *
 * <pre>
 * order   form   factor   invert   decompose   memory
 *   600   0.33   0.003    0.03     0.05          3 MB
 * 1,000   0.38   0.01     0.06     0.20          8 MB
 * 1,500   0.74   0.04     0.22     0.67         18 MB
 * 2,000   1.46   0.12     0.60     2.11         32 MB
 * </pre>
 */
public final class DenseLimits {
    /**
     * A Hessian, formed and factored once for every fit that influences, V or losses left out are wanted of: tens of times in one run, and
     * p = logits times features reaches thousands with no more than a hundred features. Beyond it they are estimated or left out.
     */
    public static final int FACTORED = 1000;

    /** The same in the removal loop, where the user asked for a criterion that needs it and waits longer for it. */
    public static final int FACTORED_ON_REQUEST = 1500;

    /** The products of features or rows with one another, decomposed once in a run for the principal directions. */
    public static final int DECOMPOSED = 2000;

    private DenseLimits() {}
}
