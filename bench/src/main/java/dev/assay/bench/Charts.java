package dev.assay.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures that look like the paper's: V on the left axis, test accuracy on the right one. */
final class Charts {
    private static final Color POTENTIAL = new Color(0x1f, 0x4e, 0x9e);
    private static final Color ACCURACY = new Color(0xb8, 0x32, 0x2a);
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final Color[] HEAT = {
        new Color(0x44, 0x01, 0x54),
        new Color(0x3b, 0x52, 0x8b),
        new Color(0x21, 0x91, 0x8c),
        new Color(0x5e, 0xc9, 0x62),
        new Color(0xfd, 0xe7, 0x25)
    };

    private Charts() {}

    /**
     * V and accuracy against a column.
     *
     * @param x the column of the horizontal axis
     * @param deviations whether the table has columns of standard deviations, for error bars
     */
    static void writeTwinAxes(FigureTable table, String title, String x, String xTitle, boolean deviations, Path file)
            throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .build();
        chart.setYAxisGroupTitle(0, "V");
        chart.setYAxisGroupTitle(1, "test accuracy");
        style(chart.getStyler());
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        addSeries(chart, table, x, "potential", "V", deviations, POTENTIAL, 0);
        addSeries(chart, table, x, "accuracy", "test accuracy", deviations, ACCURACY, 1);
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }

    private static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setLegendBorderColor(Color.WHITE);
    }

    private static void addSeries(
            XYChart chart,
            FigureTable table,
            String x,
            String column,
            String name,
            boolean deviations,
            Color color,
            int axis) {
        double[] positions = table.column(x);
        double @Nullable [] errors =
                deviations && table.hasNumbers(column + "Deviation") ? table.column(column + "Deviation") : null;
        XYSeries ours = chart.addSeries(name, positions, table.column(column), errors);
        ours.setYAxisGroup(axis);
        ours.setLineColor(color);
        ours.setMarkerColor(color);
        ours.setMarker(axis == 0 ? SeriesMarkers.CIRCLE : SeriesMarkers.SQUARE);
        String published = "published" + Character.toUpperCase(column.charAt(0)) + column.substring(1);
        if (!table.hasNumbers(published)) {
            return;
        }
        XYSeries theirs = chart.addSeries(name + " (published)", positions, table.column(published));
        theirs.setYAxisGroup(axis);
        theirs.setLineColor(color.brighter());
        theirs.setLineStyle(
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 5}, 0));
        theirs.setMarker(SeriesMarkers.NONE);
    }

    /**
     * Heat maps over a grid, side by side: for each of the given columns one, those without any number left out.
     *
     * @param x the column of the horizontal position
     * @param y the column of the vertical position
     * @param axes titles of the two axes
     */
    static void writeHeatMaps(
            FigureTable table,
            String x,
            String y,
            List<String> axes,
            List<String> columns,
            List<String> titles,
            Path file)
            throws IOException {
        List<HeatMapChart> charts = new ArrayList<>();
        for (int k = 0; k < columns.size(); k++) {
            if (table.hasNumbers(columns.get(k))) {
                charts.add(heatMap(table, x, y, axes, columns.get(k), titles.get(k)));
            }
        }
        int wide = 2;
        BitmapEncoder.saveBitmap(charts, (charts.size() + wide - 1) / wide, wide, file.toString(), BitmapFormat.PNG);
    }

    private static HeatMapChart heatMap(
            FigureTable table, String x, String y, List<String> axes, String column, String title) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH / 2 + 100)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axes.get(0))
                .yAxisTitle(axes.get(1))
                .build();
        style(chart.getStyler());
        chart.getStyler().setRangeColors(HEAT);
        chart.getStyler().setShowValue(false);
        chart.getStyler().setXAxisLabelRotation(90);
        double[] xs = table.column(x);
        double[] ys = table.column(y);
        double[] values = table.column(column);
        List<Integer> xAxis = axis(xs);
        List<Integer> yAxis = axis(ys);
        List<Number[]> cells = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                // the legend shows all digits that it is given
                double value = Math.rint(1e3 * values[i]) / 1e3;
                cells.add(new Number[] {xAxis.indexOf((int) xs[i]), yAxis.indexOf((int) ys[i]), value});
            }
        }
        chart.addSeries(title, xAxis, yAxis, cells);
        return chart;
    }

    private static List<Integer> axis(double[] positions) {
        return Arrays.stream(positions)
                .mapToInt(position -> (int) position)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }
}
