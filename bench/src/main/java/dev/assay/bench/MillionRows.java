package dev.assay.bench;

import dev.assay.app.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A large table for measuring: a million rows, a hundred numeric columns x0 to x99, label y of two classes, drawn from two
 * logistic regressions with other coefficients, four fifths from the one and one fifth from the other, in random order. As
 * Parquet.
 */
final class MillionRows implements Figure {
    private static final int ROWS = 1_000_000;
    private static final int COLUMNS = 100;
    private static final double FOREIGN_SHARE = 0.2;

    @Override
    public void reproduce(Session session) throws IOException {
        Path target = file(session, "million", "parquet");
        Path database = file(session, "million", "duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table million ("
                    + IntStream.range(0, COLUMNS)
                            .mapToObj(j -> "x" + j + " double")
                            .collect(Collectors.joining(", "))
                    + ", y varchar)");
            fill((DuckDBConnection) connection, session.random(0, 0));
            statement.execute("copy million to '" + target.toString().replace("'", "''") + "' (format parquet)");
        } catch (SQLException failed) {
            throw new IOException("cannot write " + target + ": " + failed.getMessage(), failed);
        } finally {
            Files.deleteIfExists(database);
        }
        session.say("million: wrote %s; to be measured: ./assay diagnose %s --label y", target, target);
    }

    private static void fill(DuckDBConnection connection, Random random) throws SQLException {
        double[][] coefficients = new double[2][COLUMNS];
        for (double[] vector : coefficients) {
            for (int j = 0; j < COLUMNS; j++) {
                vector[j] = 0.3 * random.nextGaussian();
            }
        }
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "million")) {
            for (int i = 0; i < ROWS; i++) {
                double[] vector = coefficients[random.nextDouble() < FOREIGN_SHARE ? 1 : 0];
                double logit = 0;
                appender.beginRow();
                for (int j = 0; j < COLUMNS; j++) {
                    double x = random.nextGaussian();
                    logit += vector[j] * x;
                    appender.append(x);
                }
                appender.append(random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? "yes" : "no");
                appender.endRow();
            }
        }
    }
}
