package dev.assay.app.web.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.web.http.Views;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.io.GivenRows;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.DateOrder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.SourceShares;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model wants to know of a row, for a form. */
public final class Schemas {
    /** Of more features nobody fills in a form. */
    private static final int WIDE = 60;

    private static final int SECONDS_PER_DAY = 86_400;

    private Schemas() {}

    public static Map<String, @Nullable Object> view(RunFolder run, SavedModel saved) {
        InputSchema form = saved.form();
        LabelSpace labels = saved.model().labels();
        List<Object> columns = new ArrayList<>();
        Map<String, @Nullable Object> image = null;
        boolean wide;
        if (form.encoding() instanceof FittedEncoder table) {
            for (ColumnEncoding column : table.columns()) {
                if (!column.featureNames().isEmpty()) {
                    columns.add(column(column, form.cells()));
                }
            }
            SourceShares sources = saved.models().sourceShares();
            if (sources != null) {
                columns.add(source(sources));
            }
            wide = columns.size() > WIDE;
        } else {
            image = image(form.exampleShape());
            wide = true;
        }
        JsonNode router = run.json(RunFolder.RECORD).path("router");
        return Views.entry(
                "run",
                run.id(),
                "label",
                form.label(),
                "task",
                labels instanceof LabelSpace.Classes ? "classification" : "regression",
                "classes",
                labels instanceof LabelSpace.Classes classes ? classes.names() : List.of(),
                "columns",
                columns,
                "array",
                form.encoding() instanceof FittedArrayEncoder ? GivenRows.arrayName(form) : null,
                "image",
                image,
                "wide",
                wide,
                "blocks",
                blocks(saved),
                "router",
                Views.entry(
                        "name",
                        router.path("chosen").asText(),
                        "informationShare",
                        router.path("informationShare").isNumber()
                                ? router.path("informationShare").asDouble()
                                : null));
    }

    /** The column that tells where a row comes from; a row without it is routed by its features. */
    private static Map<String, @Nullable Object> source(SourceShares sources) {
        return Views.entry("name", sources.column(), "kind", "category", "values", sources.names(), "example", null);
    }

    private static List<Object> blocks(SavedModel saved) {
        List<Object> blocks = new ArrayList<>();
        double[] shares = saved.model().shares();
        for (int k = 0; k < shares.length; k++) {
            String source = saved.models().blockSources().isEmpty()
                    ? ""
                    : saved.models().blockSources().get(k);
            blocks.add(Views.entry(
                    "block", k + 1,
                    "name", "block " + (k + 1) + (source.isEmpty() ? "" : " (" + source + ")"),
                    "share", shares[k]));
        }
        return blocks;
    }

    private static Map<String, @Nullable Object> column(ColumnEncoding column, CellForms cells) {
        String name = column.column();
        if (column instanceof ColumnEncoding.Numeric number) {
            boolean twoValues = number.center() != number.imputed();
            double shown = twoValues ? number.center() : number.imputed();
            return Views.entry(
                    "name",
                    name,
                    "kind",
                    "number",
                    "values",
                    twoValues ? List.of(plain(number.center()), plain(number.center() + number.scale())) : null,
                    "mean",
                    number.imputed(),
                    "deviation",
                    number.scale(),
                    "example",
                    plain(rounded(shown, number.scale())));
        }
        if (column instanceof ColumnEncoding.Flag flag) {
            return Views.entry(
                    "name",
                    name,
                    "kind",
                    "truth",
                    "values",
                    List.of("true", "false"),
                    "example",
                    Boolean.toString(flag.imputed() >= 0.5));
        }
        if (column instanceof ColumnEncoding.Category category) {
            List<String> values = new ArrayList<>(category.levels());
            values.addAll(category.rareLevels());
            return Views.entry(
                    "name",
                    name,
                    "kind",
                    "category",
                    "values",
                    values,
                    "example",
                    values.isEmpty() ? "" : values.get(0));
        }
        if (column instanceof ColumnEncoding.Moment moment) {
            return Views.entry(
                    "name",
                    name,
                    "kind",
                    "date",
                    "example",
                    cells.dates().get(name) == DateOrder.TIME_OF_DAY
                            ? LocalTime.ofSecondOfDay((long) (moment.center() * SECONDS_PER_DAY))
                                    .toString()
                            : LocalDate.ofEpochDay(Math.round(moment.center())).toString());
        }
        return Views.entry("name", name, "kind", "text", "example", "");
    }

    /** To a hundredth of the deviation: nobody wants to see more digits in a form. */
    private static double rounded(double value, double deviation) {
        if (!(deviation > 0)) {
            return value;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(deviation)) - 2);
        double rounded = Math.round(value / unit) * unit;
        return Math.round(rounded * 1e12) / 1e12;
    }

    private static String plain(double value) {
        boolean whole = Math.abs(value) < 0x1p53 && value == Math.rint(value);
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private static @Nullable Map<String, @Nullable Object> image(List<Integer> shape) {
        if (shape.size() == 2) {
            return Views.entry("width", shape.get(1), "height", shape.get(0), "channels", 1);
        }
        boolean colours = shape.size() == 3 && (shape.get(2) == 1 || shape.get(2) == 3);
        return colours ? Views.entry("width", shape.get(1), "height", shape.get(0), "channels", shape.get(2)) : null;
    }
}
