package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;

/**
 * The n x n matrix X of influences as a picture of a few hundred cells a side: each cell is the mean of X(i, j) over a run of
 * rows i and a run of rows j, i != j. Rows stand group by group, inside a group in the order of the data set; no run
 * crosses the border of a group. With as many cells as rows every cell is one pair, and the diagonal, which has none, is 0.
 *
 * @param cells S x S; negative = the row of cells helps the column, positive = harms it
 * @param borders the first cell of each group and, last, S: group g has the cells from borders[g] to borders[g + 1]
 * @param rows how many rows of the data set the cells stand for
 */
public record InfluenceMap(Matrix cells, int[] borders, int rows) {
    /**
     * The picture of one model's influences; O(n p^2 + S^2 p) time, O(S p) memory beyond the space.
     *
     * @param groups the group of each example, from 0 to {@code count} - 1, or -1 for those that are left out
     * @param side cells a side, at most about; every group that has rows gets at least one
     */
    public static InfluenceMap of(GradientSpace space, int[] groups, int count, int side, Workers workers) {
        int[] sizes = new int[count];
        for (int group : groups) {
            if (group >= 0) {
                sizes[group]++;
            }
        }
        int[] borders = borders(sizes, side);
        int cells = borders[count];
        int[] placed = new int[count];
        int[] cellOf = new int[groups.length];
        for (int i = 0; i < groups.length; i++) {
            int group = groups[i];
            if (group < 0) {
                cellOf[i] = cells; // one more cell for those that are not shown
            } else {
                int own = borders[group + 1] - borders[group];
                cellOf[i] = borders[group] + (int) ((long) placed[group]++ * own / sizes[group]);
            }
        }
        Matrix means = GroupInfluence.of(space, cellOf, cells + 1, workers).means();
        Matrix shown = new Matrix(cells, cells);
        for (int a = 0; a < cells; a++) {
            for (int b = 0; b < cells; b++) {
                double mean = means.get(a, b);
                shown.set(a, b, Double.isNaN(mean) ? 0 : mean);
            }
        }
        return new InfluenceMap(shown, borders, Arrays.stream(sizes).sum());
    }

    /** The cells of each group, in proportion to its rows: no more than it has rows, at least one where it has any. */
    public static int[] borders(int[] sizes, int side) {
        long rows = Arrays.stream(sizes).asLongStream().sum();
        int[] borders = new int[sizes.length + 1];
        for (int group = 0; group < sizes.length; group++) {
            long share = rows <= side ? sizes[group] : Math.round((double) side * sizes[group] / rows);
            borders[group + 1] =
                    borders[group] + (int) Math.min(sizes[group], Math.max(sizes[group] > 0 ? 1 : 0, share));
        }
        return borders;
    }

    /** Groups that know nothing of each other, each with the influences of its own model, side by side; 0 between them. */
    public static InfluenceMap sideBySide(List<InfluenceMap> groups) {
        int[] borders = new int[groups.size() + 1];
        int rows = 0;
        for (int group = 0; group < groups.size(); group++) {
            borders[group + 1] = borders[group] + groups.get(group).cells.rows();
            rows += groups.get(group).rows;
        }
        Matrix cells = new Matrix(borders[groups.size()], borders[groups.size()]);
        for (int group = 0; group < groups.size(); group++) {
            Matrix own = groups.get(group).cells;
            for (int a = 0; a < own.rows(); a++) {
                for (int b = 0; b < own.columns(); b++) {
                    cells.set(borders[group] + a, borders[group] + b, own.get(a, b));
                }
            }
        }
        return new InfluenceMap(cells, borders, rows);
    }
}
