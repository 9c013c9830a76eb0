package dev.assay.io.result;

import dev.assay.io.table.DuckDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a table of results into files of several formats at a time, while its blocks come: memory for a few blocks and a row group, whatever
 * the number of rows, and bytes that do not depend on where blocks end.
 */
final class ResultWriter implements AutoCloseable {
    private final DuckDatabase database;
    private final List<ResultColumn> columns;
    private final List<Copy> copies = new ArrayList<>();

    /**
     * A format and the file that it goes to.
     *
     * @param parquet whether it is Parquet, else CSV
     */
    record Target(Path path, boolean parquet) {}

    /** One thread of DuckDB: the row groups of a Parquet file, and so its bytes, must not depend on the machine. */
    private ResultWriter(List<ResultColumn> columns) {
        this.database = DuckDatabase.open(1);
        this.columns = columns;
    }

    /** Writes the blocks into all files. */
    static void write(ResultBlocks blocks, List<Target> targets) throws IOException {
        Lazy writer = new Lazy(targets);
        try (writer) {
            blocks.forEach(writer::take);
            writer.finish();
        } catch (Failed problem) {
            throw problem.cause;
        }
    }

    /** The columns are known when the first block comes. */
    private static final class Lazy implements AutoCloseable {
        private final List<Target> targets;
        private final List<ResultWriter> opened = new ArrayList<>();

        Lazy(List<Target> targets) {
            this.targets = targets;
        }

        void take(List<ResultColumn> block) {
            if (opened.isEmpty()) {
                opened.add(new ResultWriter(block));
                opened.get(0).open(targets);
            }
            opened.get(0).take(block);
        }

        void finish() throws IOException {
            if (opened.isEmpty()) {
                throw new IllegalArgumentException("a table of no block has no columns");
            }
            opened.get(0).finish();
        }

        @Override
        public void close() {
            opened.forEach(ResultWriter::close);
        }
    }

    /** What went wrong with a file, on its way through those who make the blocks. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient IOException cause;

        Failed(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private void open(List<Target> targets) {
        boolean collide = namesCollide();
        String selected = IntStream.range(0, columns.size())
                .mapToObj(place -> BlockFunction.key(place) + " AS "
                        + DuckDatabase.identifier(columns.get(place).name()))
                .collect(Collectors.joining(", "));
        try {
            for (Target target : targets) {
                String name = "results" + copies.size();
                Copy copy = new Copy(target, new BlockFunction(columns), target.parquet() || !collide);
                copies.add(copy);
                copy.start(
                        database.beside(name, copy.function),
                        "COPY (SELECT " + selected + " FROM " + name + "()) TO "
                                + DuckDatabase.quoted(
                                        target.path().toAbsolutePath().toString()) + " ("
                                + (target.parquet() ? "FORMAT parquet" : "FORMAT csv, HEADER " + !collide) + ")");
            }
        } catch (SQLException problem) {
            throw new IllegalStateException("results cannot be written: " + problem.getMessage(), problem);
        }
    }

    private void take(List<ResultColumn> block) {
        int rows = block.isEmpty() ? 0 : block.get(0).size();
        for (int place = 0; place < block.size(); place++) {
            ResultColumn column = block.get(place);
            if (column.size() != rows) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' has " + column.size() + " cells, the first column has " + rows);
            }
        }
        if (!block.stream()
                .map(ResultColumn::name)
                .toList()
                .equals(columns.stream().map(ResultColumn::name).toList())) {
            throw new IllegalArgumentException("blocks differ in their columns: "
                    + block.stream().map(ResultColumn::name).toList() + " after "
                    + columns.stream().map(ResultColumn::name).toList());
        }
        for (Copy copy : copies) {
            if (!copy.function.offer(block, copy::hasEnded)) {
                try {
                    copy.await();
                } catch (IOException problem) {
                    throw new Failed(problem);
                }
            }
        }
    }

    private void finish() throws IOException {
        for (Copy copy : copies) {
            copy.function.end(copy::hasEnded);
        }
        for (Copy copy : copies) {
            copy.await();
            if (!copy.header) {
                prepend(copy.target.path());
            }
        }
    }

    /** DuckDB takes names that differ in case alone, as labels may, for one, and tells them apart by a number. */
    private boolean namesCollide() {
        Set<String> names = new HashSet<>();
        return columns.stream().anyMatch(column -> !names.add(column.name().toLowerCase(Locale.ROOT)));
    }

    private void prepend(Path path) throws IOException {
        String header = columns.stream()
                .map(column -> "\"" + column.name().replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(","));
        Path rows = path.resolveSibling(path.getFileName() + ".rows");
        Files.move(path, rows);
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
            Files.copy(rows, out);
        } finally {
            Files.delete(rows);
        }
    }

    @Override
    public void close() {
        copies.forEach(Copy::close);
        database.close();
    }

    /** One file that is being written, by a thread of its own. */
    private static final class Copy implements AutoCloseable {
        private final Target target;
        private final BlockFunction function;
        private final boolean header;
        private final List<DuckDatabase.Beside> connections = new ArrayList<>();
        private final List<Exception> problems = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();

        Copy(Target target, BlockFunction function, boolean header) {
            this.target = target;
            this.function = function;
            this.header = header;
        }

        void start(DuckDatabase.Beside connection, String sql) {
            connections.add(connection);
            Thread thread = new Thread(
                    () -> {
                        try {
                            connection.execute(sql);
                        } catch (SQLException | RuntimeException problem) {
                            problems.add(problem);
                        }
                    },
                    "assay-results");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }

        boolean hasEnded() {
            return threads.stream().noneMatch(Thread::isAlive);
        }

        /** Waits until the file is whole. */
        void await() throws IOException {
            join();
            if (!problems.isEmpty()) {
                throw new IOException(problems.get(0).getMessage(), problems.get(0));
            }
        }

        private void join() {
            boolean interrupted = false;
            for (Thread thread : threads) {
                while (thread.isAlive()) {
                    try {
                        thread.join();
                    } catch (InterruptedException again) {
                        // the thread still reads blocks: leave only when it is done, then pass the interrupt on
                        interrupted = true;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            function.abort();
            join();
            connections.forEach(DuckDatabase.Beside::close);
        }
    }
}
