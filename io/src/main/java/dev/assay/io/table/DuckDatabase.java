package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.FileFormat;
import dev.assay.io.file.InputFile;
import dev.assay.work.UnpackedLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBuilder;

/** A DuckDB in memory that touches no network and leaves nothing behind. */
public final class DuckDatabase implements AutoCloseable {

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private final DuckDBConnection connection;
    private final Path scratch;

    private DuckDatabase(DuckDBConnection connection, Path scratch) {
        this.connection = connection;
        this.scratch = scratch;
    }

    public static DuckDatabase open(int threads) {
        Path scratch;
        try {
            scratch = Files.createTempDirectory("assay-");
        } catch (IOException problem) {
            throw new InvalidInputException(
                    "no file can be made in the temporary folder " + System.getProperty("java.io.tmpdir") + ": "
                            + problem.getMessage()
                            + "; check the free space and the permissions, or name another with ASSAY_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                    problem);
        }
        try {
            Properties properties = new Properties();
            properties.setProperty("autoinstall_known_extensions", "false");
            properties.setProperty("autoload_known_extensions", "false");
            properties.setProperty("preserve_insertion_order", "true");
            properties.setProperty("memory_limit", "1GB");
            properties.setProperty("threads", Integer.toString(threads));
            properties.setProperty("temp_directory", scratch.resolve("spill").toString());
            properties.setProperty("jdbc_stream_results", "true");
            DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
            if (LOADED.compareAndSet(false, true)) {
                UnpackedLibraries.clear();
            }
            return new DuckDatabase(connection, scratch);
        } catch (SQLException problem) {
            throw new IllegalStateException("DuckDB does not start: " + problem.getMessage(), problem);
        }
    }

    /** Runs a statement without a result. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What to do with one chunk of a result. */
    @FunctionalInterface
    public interface ChunkReader {
        void read(DuckDBDataChunkReader chunk) throws SQLException;
    }

    /** Streams the result of a query, in order. */
    public void query(String sql, ChunkReader reader) throws SQLException {
        try (DuckDBPreparedStatement statement = connection.prepare(sql);
                DuckDBChunkedResult result = statement.query()) {
            while (result.nextChunk()) {
                reader.read(result.chunk());
            }
        }
    }

    /** The texts of a small result, row by row; null cells are empty texts. */
    public List<List<String>> texts(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String text = result.getString(column);
                    row.add(text == null ? "" : text);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * A further connection, for another thread, that knows a table that is made while it is read.
     *
     * @param name of the table, called with ()
     */
    public Beside beside(String name, DuckDBTableFunction<?, ?, ?> table) throws SQLException {
        DuckDBConnection other = connection.duplicate();
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(name).withFunction(table).register(other);
        }
        return new Beside(other);
    }

    /** A further connection. */
    public static final class Beside implements AutoCloseable {
        private final DuckDBConnection connection;

        private Beside(DuckDBConnection connection) {
            this.connection = connection;
        }

        /** Runs a statement without a result. */
        public void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException problem) {
                throw new IllegalStateException("DuckDB does not close: " + problem.getMessage(), problem);
            }
        }
    }

    /** Appends rows to a table of this database. */
    public DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender(table);
    }

    /**
     * A path of the file that DuckDB takes literally: decompressed where DuckDB cannot, and under another name where it would
     * read the name as a pattern.
     */
    Path literal(InputFile file) throws IOException {
        if (file.gzipped() && file.format() == FileFormat.PARQUET) {
            Path copy = scratch.resolve("input.parquet");
            if (!Files.exists(copy)) {
                try (InputStream in = file.open()) {
                    Files.copy(in, copy);
                }
            }
            return copy;
        }
        Path content = file.content().toAbsolutePath();
        String name = content.toString();
        if (name.chars().noneMatch(character -> "*?[]{}".indexOf(character) >= 0)) {
            return content;
        }
        Path link = scratch.resolve("input");
        if (Files.exists(link)) {
            return link;
        }
        try {
            Files.createSymbolicLink(link, content);
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.copy(content, link);
        }
        return link;
    }

    /** A place for a file that is deleted with this database. */
    Path scratch(String name) {
        return scratch.resolve(name);
    }

    /** The exact names of the columns of a Parquet file. */
    List<String> parquetNames(InputFile file) throws SQLException, IOException {
        List<String> names = new ArrayList<>();
        long inner = -1;
        for (List<String> element : texts("SELECT name, coalesce(num_children, 0) FROM parquet_schema("
                + quoted(literal(file).toString()) + ")")) {
            long children = Long.parseLong(element.get(1));
            if (inner < 0) {
                inner = 0;
            } else if (inner > 0) {
                inner += children - 1;
            } else {
                names.add(element.get(0));
                inner = children;
            }
        }
        return names;
    }

    /** A text as an SQL literal. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as an SQL identifier. */
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** What to say when DuckDB cannot read a file: the first line of its message. */
    public static InvalidInputException unreadable(Path path, SQLException problem) {
        String message = problem.getMessage() == null ? "unknown problem" : problem.getMessage();
        String line = message.lines()
                .takeWhile(part -> !part.isBlank() && !part.startsWith("LINE "))
                .limit(3)
                .map(String::strip)
                .collect(Collectors.joining("; "));
        return new InvalidInputException(path + " cannot be read: " + line, problem);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException problem) {
            throw new IllegalStateException("DuckDB does not close: " + problem.getMessage(), problem);
        } finally {
            deleteScratch();
        }
    }

    private void deleteScratch() {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException problem) {
            // temporary files that stay behind harm nobody
            scratch.toFile().deleteOnExit();
        }
    }
}
