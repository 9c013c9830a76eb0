package dev.assay.compare;

import java.util.Arrays;

/** The one-to-one matching of rows and columns with the largest sum (Kuhn and Munkres, by shortest augmenting paths). */
final class OneToOneMatching {
    private final double[][] gains;
    private final int columns;
    // 1-based, as the algorithm wants a row and a column 0 of its own; missing rows and columns gain nothing
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] rowOf;

    private OneToOneMatching(double[][] gains) {
        this.gains = gains;
        this.columns = gains.length == 0 ? 0 : gains[0].length;
        int m = Math.max(gains.length, columns);
        this.rowPrice = new double[m + 1];
        this.columnPrice = new double[m + 1];
        this.rowOf = new int[m + 1];
    }

    /**
     * The column of each row, -1 for rows that are left over where there are more rows than columns; O(m^3), m the larger side.
     *
     * @param gains gain of matching each row with each column
     */
    static int[] of(double[][] gains) {
        OneToOneMatching matching = new OneToOneMatching(gains);
        for (int row = 1; row < matching.rowOf.length; row++) {
            matching.add(row);
        }
        int[] result = new int[gains.length];
        Arrays.fill(result, -1);
        for (int j = 1; j <= matching.columns; j++) {
            if (matching.rowOf[j] <= result.length) {
                result[matching.rowOf[j] - 1] = j - 1;
            }
        }
        return result;
    }

    /** Gives one more row a column: along the shortest path to a free one, each row on it moves on to the next column. */
    private void add(int row) {
        rowOf[0] = row;
        int[] before = new int[rowOf.length];
        int column = freeColumn(before);
        while (column != 0) {
            int previous = before[column];
            rowOf[column] = rowOf[previous];
            column = previous;
        }
    }

    /**
     * The free column at the end of the shortest path from column 0, with prices that make all of the path free of cost.
     *
     * @param before takes the column before each one on the way
     */
    private int freeColumn(int[] before) {
        double[] distance = new double[rowOf.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        boolean[] done = new boolean[rowOf.length];
        int column = 0;
        do {
            done[column] = true;
            int next = 0;
            double shortest = Double.POSITIVE_INFINITY;
            for (int j = 1; j < rowOf.length; j++) {
                if (done[j]) {
                    continue;
                }
                double cost = cost(rowOf[column], j);
                if (cost < distance[j]) {
                    distance[j] = cost;
                    before[j] = column;
                }
                if (distance[j] < shortest) {
                    shortest = distance[j];
                    next = j;
                }
            }
            raise(shortest, done, distance);
            column = next;
        } while (rowOf[column] != 0);
        return column;
    }

    private double cost(int row, int column) {
        boolean real = row <= gains.length && column <= columns;
        return (real ? -gains[row - 1][column - 1] : 0) - rowPrice[row] - columnPrice[column];
    }

    private void raise(double price, boolean[] done, double[] distance) {
        for (int j = 0; j < rowOf.length; j++) {
            if (done[j]) {
                rowPrice[rowOf[j]] += price;
                columnPrice[j] -= price;
            } else {
                distance[j] -= price;
            }
        }
    }
}
