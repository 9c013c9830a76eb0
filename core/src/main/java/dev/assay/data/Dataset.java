package dev.assay.data;

import dev.assay.linalg.Matrix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A labelled, weighted data set of n examples with d features, the bias included as the last one. Immutable: nobody
 * writes to the arrays that the accessors return, which are not copies because they may be as large as memory allows.
 *
 * <p>Every example knows the 0-based row of the input that it came from, so that results find their way back whatever
 * was selected on the way.
 */
public final class Dataset {
    private static final int BYTES_AT_ONCE = 1 << 16;
    /** See {@link #hasManyRows}. */
    public static final int MANY_ROWS = 100_000;

    private final Matrix features;
    private final Targets targets;
    private final double[] weights;
    private final int[] rows;
    private final List<String> featureNames;
    private final int @Nullable [] groups;
    private final double totalWeight;
    private volatile @Nullable String fingerprint;

    /**
     * A data set from its parts, none of which is copied.
     *
     * @param features n x d, the last column constant 1
     * @param targets n labels or real targets
     * @param weights n weights, finite and at least 0, not all 0
     * @param rows 0-based input row of each example
     * @param featureNames d names
     * @throws IllegalArgumentException if lengths differ or a weight is not allowed
     */
    public Dataset(Matrix features, Targets targets, double[] weights, int[] rows, List<String> featureNames) {
        this(features, targets, weights, rows, featureNames, null);
    }

    private Dataset(
            Matrix features,
            Targets targets,
            double[] weights,
            int[] rows,
            List<String> featureNames,
            int @Nullable [] groups) {
        int n = features.rows();
        if (targets.size() != n || weights.length != n || rows.length != n) {
            throw new IllegalArgumentException(n + " examples, but " + targets.size() + " targets, " + weights.length
                    + " weights and " + rows.length + " row numbers");
        }
        if (groups != null && groups.length != n) {
            throw new IllegalArgumentException(n + " examples, but " + groups.length + " groups");
        }
        if (featureNames.size() != features.columns()) {
            throw new IllegalArgumentException(
                    features.columns() + " features, but " + featureNames.size() + " feature names");
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException(
                        "example " + i + " has weight " + weights[i] + ", expected a finite number of at least 0");
            }
            sum += weights[i];
        }
        this.features = features;
        this.targets = targets;
        this.weights = weights;
        this.rows = rows;
        this.featureNames = List.copyOf(featureNames);
        this.groups = groups;
        this.totalWeight = sum;
    }

    /** A data set with weight 1 for each example, rows 0 to n - 1 and features named x0, x1, ... */
    public static Dataset of(Matrix features, Targets targets) {
        double[] weights = new double[features.rows()];
        Arrays.fill(weights, 1);
        List<String> names =
                IntStream.range(0, features.columns()).mapToObj(j -> "x" + j).toList();
        return new Dataset(
                features, targets, weights, IntStream.range(0, features.rows()).toArray(), names);
    }

    /** n. */
    public int size() {
        return features.rows();
    }

    /** d, the bias included. */
    public int dimension() {
        return features.columns();
    }

    /** X, n x d, one example per row. */
    public Matrix features() {
        return features;
    }

    public Targets targets() {
        return targets;
    }

    /** w_i of each example, at least 0. */
    public double[] weights() {
        return weights;
    }

    /** W, the sum of the weights. */
    public double totalWeight() {
        return totalWeight;
    }

    /**
     * Whether examples are so many, above {@value #MANY_ROWS}, that a larger sample of them is judged, and what can be chosen by a sample is: passes over
     * all of them cost more.
     */
    public boolean hasManyRows() {
        return targets.size() > MANY_ROWS;
    }

    /** The 0-based row of the input that each example came from. */
    public int[] rows() {
        return rows;
    }

    public List<String> featureNames() {
        return featureNames;
    }

    /**
     * The group of each example, for instance a patient's number, or null where each example is a case of its own. A group is never on both
     * sides of a fold, and counts as one draw in every standard error.
     */
    public int @Nullable [] groups() {
        return groups;
    }

    /**
     * The same examples in groups that stay together.
     *
     * @param other n numbers, equal within a group; their values follow from content, not from the order of the rows; or null
     */
    public Dataset withGroups(int @Nullable [] other) {
        return new Dataset(features, targets, weights, rows, featureNames, other);
    }

    /** The examples of the given indices (not input rows), in that order. */
    public Dataset select(int[] indices) {
        double[] selectedWeights = new double[indices.length];
        int[] selectedRows = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            selectedWeights[i] = weights[indices[i]];
            selectedRows[i] = rows[indices[i]];
        }
        return new Dataset(
                features.selectRows(indices),
                targets.select(indices),
                selectedWeights,
                selectedRows,
                featureNames,
                groups(indices));
    }

    /** The weights, and the groups that are one draw each. */
    public SamplingUnits samplingUnits() {
        return new SamplingUnits(weights, groups);
    }

    /** The groups of the examples of the given indices, or null. */
    public int @Nullable [] groups(int[] indices) {
        int[] all = groups;
        return all == null ? null : IntStream.of(indices).map(i -> all[i]).toArray();
    }

    /** The same examples with other weights. */
    public Dataset withWeights(double[] other) {
        return new Dataset(features, targets, other, rows, featureNames, groups);
    }

    /** The same examples with other targets. */
    public Dataset withTargets(Targets other) {
        return new Dataset(features, other, weights, rows, featureNames, groups);
    }

    /** The same examples with other features, a rotation of them for instance. */
    public Dataset withFeatures(Matrix other, List<String> names) {
        return new Dataset(other, targets, weights, rows, names, groups);
    }

    /**
     * SHA-256 of the content - names, features, targets, weights, groups - in hexadecimal. Equal for equal content, whatever
     * the name of the file; computed once, O(n d).
     */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = computeFingerprint();
            fingerprint = known;
        }
        return known;
    }

    private String computeFingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        digest.update(("assay data set 1\n" + size() + " " + dimension() + "\n").getBytes(StandardCharsets.UTF_8));
        for (String name : featureNames) {
            digest.update((name.length() + ":" + name + "\n").getBytes(StandardCharsets.UTF_8));
        }
        update(digest, features.values());
        if (targets instanceof ClassTargets classTargets) {
            for (String name : classTargets.names()) {
                digest.update((name.length() + ":" + name + "\n").getBytes(StandardCharsets.UTF_8));
            }
            update(digest, Arrays.stream(classTargets.codes()).asDoubleStream().toArray());
        }
        if (targets instanceof RealTargets realTargets) {
            update(digest, new double[] {realTargets.mean(), realTargets.scale()});
            update(digest, realTargets.values());
        }
        update(digest, weights);
        if (groups != null) {
            digest.update("groups\n".getBytes(StandardCharsets.UTF_8));
            update(digest, Arrays.stream(groups).asDoubleStream().toArray());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES_AT_ONCE);
        for (double value : values) {
            // -0.0 and 0.0 are the same number
            buffer.putDouble(value == 0 ? 0.0 : value);
            if (!buffer.hasRemaining()) {
                digest.update(buffer.array());
                buffer.clear();
            }
        }
        digest.update(buffer.array(), 0, buffer.position());
    }
}
