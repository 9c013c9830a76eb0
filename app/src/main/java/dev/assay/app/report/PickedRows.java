package dev.assay.app.report;

import dev.assay.io.read.LoadedData;
import dev.assay.potential.InfluenceMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The rows that stand for the cells of the pictures of influence: a reader who points at a cell is shown them. */
final class PickedRows {
    private static final int ROWS_OF_A_CELL = 3;

    private PickedRows() {}

    /**
     * A few examples for each cell of a side, as {@link InfluenceMap#of} deals rows to cells.
     *
     * @param groups the group of each example, -1 for those that are not in the picture
     */
    static int[][] ofCells(InfluenceMap map, int[] groups) {
        int[] borders = map.borders();
        int[] sizes = new int[borders.length - 1];
        for (int group : groups) {
            if (group >= 0) {
                sizes[group]++;
            }
        }
        List<List<Integer>> cells = new ArrayList<>();
        for (int cell = 0; cell < map.cells().rows(); cell++) {
            cells.add(new ArrayList<>());
        }
        int[] seen = new int[sizes.length];
        for (int i = 0; i < groups.length; i++) {
            int group = groups[i];
            if (group >= 0) {
                int own = borders[group + 1] - borders[group];
                int cell = borders[group] + (int) ((long) seen[group]++ * own / sizes[group]);
                if (cells.get(cell).size() < ROWS_OF_A_CELL) {
                    cells.get(cell).add(i);
                }
            }
        }
        return cells.stream()
                .map(cell -> cell.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** All of them, without those that are shown anyway. */
    static int[] without(int[] known, List<int[][]> pictures) {
        Set<Integer> others = new HashSet<>();
        IntStream.of(known).forEach(others::add);
        Set<Integer> result = new LinkedHashSet<>();
        for (int[][] cells : pictures) {
            for (int[] cell : cells) {
                IntStream.of(cell).filter(i -> !others.contains(i)).forEach(result::add);
            }
        }
        return result.stream().mapToInt(Integer::intValue).toArray();
    }

    /** As a report shows them. */
    static List<ReportData.PickedRow> shown(
            LoadedData data, int[] examples, int[] group, List<String> groups, ShownRows shown) {
        List<String> sources = data.sources();
        List<ReportData.PickedRow> rows = new ArrayList<>();
        for (int i : examples) {
            rows.add(new ReportData.PickedRow(
                    data.dataset().rows()[i],
                    shown.line(i),
                    data.id(i),
                    data.labelText(i),
                    groups.get(group[i]),
                    sources == null ? null : sources.get(i),
                    shown.texts(i),
                    shown.picture(i)));
        }
        return rows;
    }

    /** Examples as rows of the file. */
    static int[][] inFile(LoadedData data, int[][] cells) {
        int[] rows = data.dataset().rows();
        int[][] result = new int[cells.length][];
        for (int cell = 0; cell < cells.length; cell++) {
            result[cell] = IntStream.of(cells[cell]).map(i -> rows[i]).toArray();
        }
        return result;
    }
}
