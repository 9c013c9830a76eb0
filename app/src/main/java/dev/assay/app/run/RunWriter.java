package dev.assay.app.run;

import dev.assay.app.report.ReportData;
import dev.assay.app.report.ReportFiles;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.RunRecord;
import dev.assay.io.result.ResultBlocks;
import dev.assay.io.result.ResultColumn;
import dev.assay.io.result.RunDirectory;
import dev.assay.work.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files of a run, as they are written: its rows, what the command adds to them, the report, the record. */
final class RunWriter {
    private final RunDirectory directory;
    private final List<Path> files = new ArrayList<>();

    RunWriter(RunDirectory directory, Progress progress) {
        this.directory = directory;
        files.add(directory.file("run.json"));
        progress.phase(ExpectedStages.WRITE, 0);
    }

    /** Writes what is said of each row. */
    RunWriter rows(List<ResultColumn> columns) {
        directory.writeRows(columns);
        return add(List.of(directory.file("rows.csv"), directory.file("rows.parquet")));
    }

    /** The same of more rows than memory holds. */
    RunWriter rows(ResultBlocks blocks) {
        directory.writeRows(blocks);
        return add(List.of(directory.file("rows.csv"), directory.file("rows.parquet")));
    }

    /** Something that was written into the directory. */
    RunWriter add(List<Path> written) {
        files.addAll(written);
        return this;
    }

    /** Writes the record where there is nothing for a report to show; the run is whole then. */
    List<Path> finish(RunRecord record) {
        directory.finish(record.lap("write").files(files).finish());
        return files;
    }

    /**
     * Writes the report and the record; the run is whole then.
     *
     * @param report what it shows, given what the record holds
     * @return all files
     */
    List<Path> finish(RunRecord record, Function<Map<String, @Nullable Object>, ReportData> report) {
        add(ReportFiles.places(directory));
        Map<String, @Nullable Object> tree = record.lap("write").files(files).finish();
        ReportFiles.write(directory, report.apply(tree));
        directory.finish(tree);
        return files;
    }
}
