package dev.assay.compare;

import java.util.Arrays;

/** The one-to-one matching of rows and columns with the largest sum (Kuhn and Munkres, by shortest augmenting paths). */
final class OneToOneMatching {
    private OneToOneMatching() {}

    /**
     * The column of each row, -1 for rows that are left over where there are more rows than columns; O(m^3), m the larger side.
     *
     * @param gains gain of matching each row with each column
     */
    static int[] of(double[][] gains) {
        int rows = gains.length;
        int columns = rows == 0 ? 0 : gains[0].length;
        int m = Math.max(rows, columns);
        // 1-based, as the algorithm wants a row and a column 0 of its own; missing rows and columns gain nothing
        double[] rowPrice = new double[m + 1];
        double[] columnPrice = new double[m + 1];
        int[] rowOf = new int[m + 1];
        int[] before = new int[m + 1];
        for (int row = 1; row <= m; row++) {
            rowOf[0] = row;
            int column = 0;
            double[] distance = new double[m + 1];
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            boolean[] done = new boolean[m + 1];
            do {
                done[column] = true;
                int current = rowOf[column];
                double shortest = Double.POSITIVE_INFINITY;
                int next = 0;
                for (int j = 1; j <= m; j++) {
                    if (done[j]) {
                        continue;
                    }
                    boolean real = current <= rows && j <= columns;
                    double cost = (real ? -gains[current - 1][j - 1] : 0) - rowPrice[current] - columnPrice[j];
                    if (cost < distance[j]) {
                        distance[j] = cost;
                        before[j] = column;
                    }
                    if (distance[j] < shortest) {
                        shortest = distance[j];
                        next = j;
                    }
                }
                for (int j = 0; j <= m; j++) {
                    if (done[j]) {
                        rowPrice[rowOf[j]] += shortest;
                        columnPrice[j] -= shortest;
                    } else {
                        distance[j] -= shortest;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            do {
                int previous = before[column];
                rowOf[column] = rowOf[previous];
                column = previous;
            } while (column != 0);
        }
        int[] result = new int[rows];
        Arrays.fill(result, -1);
        for (int j = 1; j <= columns; j++) {
            if (rowOf[j] <= rows) {
                result[rowOf[j] - 1] = j - 1;
            }
        }
        return result;
    }
}
