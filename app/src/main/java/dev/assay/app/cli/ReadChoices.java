package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.data.InvalidInputException;
import dev.assay.io.cell.CellSettings;
import dev.assay.io.cell.DateOrder;
import dev.assay.io.cell.DecimalMark;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.Task;
import java.util.Locale;

/** How to read a file, as the command line and the page write it. */
final class ReadChoices {
    private static final DateOrder[] ORDERS = {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST};

    private ReadChoices() {}

    /** What is to be predicted: classification, regression, auto. */
    static Task task(String text) {
        return Choice.of("--task", text, Task.values());
    }

    /** Whether the first line names the columns: yes, no, auto. */
    static ReadSettings.Header header(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> ReadSettings.Header.AUTO;
            case "yes" -> ReadSettings.Header.PRESENT;
            case "no" -> ReadSettings.Header.ABSENT;
            default -> throw new InvalidInputException("--header is '" + text + "', expected one of: auto, yes, no");
        };
    }

    /**
     * What the texts of cells mean.
     *
     * @param decimal point, comma, auto
     * @param dates day-first, month-first, auto
     * @param labelNa what becomes of labels that stand for missing ones elsewhere: missing, keep
     */
    static CellSettings cells(String decimal, String dates, String labelNa) {
        DecimalMark mark = Choice.ofAuto("--decimal", decimal, DecimalMark.values());
        return new CellSettings(
                mark,
                Choice.ofAuto("--dates", dates, ORDERS),
                Choice.of("--label-na", labelNa, LabelMarkers.values()) == LabelMarkers.KEEP);
    }

    private enum LabelMarkers {
        MISSING,
        KEEP
    }
}
