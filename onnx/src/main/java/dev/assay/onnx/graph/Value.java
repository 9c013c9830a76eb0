package dev.assay.onnx.graph;

import dev.assay.linalg.Matrix;
import java.util.List;

/**
 * A tensor in a graph, by its name. Every method adds an operator to the graph and gives its result; shapes fit together as
 * NumPy's do. Numbers are of 64 bits unless something else is said.
 */
public final class Value {
    private static final long COLUMNS = 1;

    private final Graph graph;
    private final String name;

    Value(Graph graph, String name) {
        this.graph = graph;
        this.name = name;
    }

    /** The graph that it is in. */
    public Graph graph() {
        return graph;
    }

    String name() {
        return name;
    }

    /** Entry by entry. */
    public Value plus(Value other) {
        return graph.node("Add", List.of(this, other));
    }

    /** Entry by entry. */
    public Value minus(Value other) {
        return graph.node("Sub", List.of(this, other));
    }

    /** Entry by entry. */
    public Value times(Value other) {
        return graph.node("Mul", List.of(this, other));
    }

    /** Entry by entry; whole numbers are cut towards zero. */
    public Value over(Value other) {
        return graph.node("Div", List.of(this, other));
    }

    /** What is left of whole numbers after division, at least 0 for a divisor above 0. */
    public Value remainder(long divisor) {
        return graph.node("Mod", List.of(this, graph.whole(divisor)));
    }

    /** n x r: each row, of length d, times the r rows of a matrix. */
    public Value timesTransposed(Matrix rows) {
        return graph.node("MatMul", List.of(this, graph.matrix(rows.transpose())));
    }

    /** Entry by entry. */
    public Value exponential() {
        return graph.node("Exp", List.of(this));
    }

    /** Entry by entry. */
    public Value logarithm() {
        return graph.node("Log", List.of(this));
    }

    /** Entry by entry. */
    public Value root() {
        return graph.node("Sqrt", List.of(this));
    }

    /** Entry by entry, in radians. */
    public Value sine() {
        return graph.node("Sin", List.of(this));
    }

    /** Entry by entry. */
    public Value atLeast(double least) {
        return graph.node("Max", List.of(this, graph.number(least)));
    }

    /** Entry by entry. */
    public Value atMost(double most) {
        return graph.node("Min", List.of(this, graph.number(most)));
    }

    /** n x 1: the sum of each row. */
    public Value rowSums() {
        return graph.node("ReduceSum", List.of(this, graph.wholes(COLUMNS)));
    }

    /** The sums along the second of three axes, which is gone. */
    public Value middleSums() {
        return graph.node("ReduceSum", List.of(this, graph.wholes(COLUMNS)), Attribute.of("keepdims", 0));
    }

    /** n x 1: the largest of each row. */
    public Value rowMaxima() {
        return graph.node("ReduceMax", List.of(this), Attribute.of("axes", new long[] {COLUMNS}));
    }

    /** The sum of what stands before each entry in its row. */
    public Value sumsBefore() {
        return graph.node("CumSum", List.of(this, graph.whole(COLUMNS)), Attribute.of("exclusive", 1));
    }

    /** Each row less the logarithm of the sum of its exponentials. */
    public Value logSoftmax() {
        return graph.node("LogSoftmax", List.of(this), Attribute.of("axis", COLUMNS));
    }

    /** Truth values: whether an entry is NaN. */
    public Value isNaN() {
        return graph.node("IsNaN", List.of(this));
    }

    /** Truth values, entry by entry. */
    public Value isEqualTo(Value other) {
        return graph.node("Equal", List.of(this, other));
    }

    /** Truth values, entry by entry. */
    public Value isAbove(double least) {
        return graph.node("Greater", List.of(this, graph.number(least)));
    }

    /** Of truth values: one thing where they are true, another one where not. */
    public Value choose(Value ifTrue, Value ifNot) {
        return graph.node("Where", List.of(this, ifTrue, ifNot));
    }

    /** The same entries as another type; true is 1, and whatever is not 0 is true. */
    public Value as(ElementType type) {
        return graph.node("Cast", List.of(this), Attribute.of("to", type.number()));
    }

    /** The same entries in another shape; 0 stands for the length that an axis had, -1 for what is left. */
    public Value shaped(long... shape) {
        return graph.node("Reshape", List.of(this, graph.wholes(shape)));
    }

    /** Of texts: the place of each among the keys as a whole number, or the given one where it is none of them. */
    public Value places(List<String> keys, long other) {
        long[] places = new long[keys.size()];
        for (int k = 0; k < places.length; k++) {
            places[k] = k;
        }
        return graph.learningNode(
                "LabelEncoder",
                List.of(this),
                Attribute.of("keys_strings", keys),
                Attribute.of("values_int64s", places),
                Attribute.of("default_int64", other));
    }

    /** Parts along the first axis, one for each whole number of {@code places}. */
    public Value rows(Value places) {
        return graph.node("Gather", List.of(this, places), Attribute.of("axis", 0));
    }

    /** The columns of these numbers. */
    public Value columns(long... places) {
        return graph.node("Gather", List.of(this, graph.wholes(places)), Attribute.of("axis", COLUMNS));
    }

    /** n x 1: of each row the entry in the column that {@code places}, n x 1, says. */
    public Value entries(Value places) {
        return graph.node("GatherElements", List.of(this, places), Attribute.of("axis", COLUMNS));
    }

    /** The place of the largest entry along the last axis, which stays with length 1; the first of them on a tie. */
    public Value placeOfLargest() {
        return graph.node("ArgMax", List.of(this), Attribute.of("axis", -1));
    }

    /** The same of the smallest. */
    public Value placeOfSmallest() {
        return graph.node("ArgMin", List.of(this), Attribute.of("axis", -1));
    }

    /** n x count: the places of the smallest entries of each row, by rising entry, the first of them on a tie. */
    public Value placesOfSmallest(int count) {
        return graph.nodes(
                        "TopK",
                        2,
                        List.of(this, graph.wholes(count)),
                        Attribute.of("axis", COLUMNS),
                        Attribute.of("largest", 0))
                .get(1);
    }

    /** n x (d + 1): a column of ones after the others. */
    public Value withOnes() {
        return graph.node("Pad", List.of(this, graph.wholes(0, 0, 0, 1), graph.number(1)));
    }

    /** Columns of several values, one after the other. */
    public static Value beside(List<Value> values) {
        Value first = values.get(0);
        return values.size() == 1 ? first : first.graph.node("Concat", values, Attribute.of("axis", COLUMNS));
    }

    /** This row, 1 x length, once for each row of another value. */
    public Value repeatedFor(Value rows, long length) {
        Value count = graph.node("Shape", List.of(rows), Attribute.of("start", 0), Attribute.of("end", 1));
        Value shape = graph.node("Concat", List.of(count, graph.wholes(length)), Attribute.of("axis", 0));
        return graph.node("Expand", List.of(this, shape));
    }
}
