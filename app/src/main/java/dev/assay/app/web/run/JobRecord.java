package dev.assay.app.web.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.app.run.LearningRun;
import dev.assay.app.run.RunOrder;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * job.json: what was asked for through the web page, and what became of it.
 *
 * @param format of the file, 1
 * @param name what the run is called
 * @param command run, divide, purify or diagnose
 * @param arguments the command line, without {@code assay}
 * @param data the name of the data file
 * @param label the column of the labels, or null where it was guessed
 * @param decisionsOf the run whose decisions were taken into account, or null
 * @param state how far it is
 * @param created when it was asked for, ISO-8601
 * @param started when it began, or null
 * @param ended when it ended, or null
 * @param error why it failed, one line, or null
 * @param log what it said, line by line
 */
public record JobRecord(
        int format,
        String name,
        String command,
        List<String> arguments,
        String data,
        @Nullable String label,
        @Nullable String decisionsOf,
        JobState state,
        String created,
        @Nullable String started,
        @Nullable String ended,
        @Nullable String error,
        List<String> log) {
    private static final String FILE = RunFolder.JOB;

    private static final int FORMAT = 1;
    private static final long LARGEST = 4 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Copies the lists. */
    public JobRecord {
        arguments = List.copyOf(arguments);
        log = List.copyOf(log);
    }

    /** A run that is to be. */
    static JobRecord queued(String name, RunOrder order, String data, @Nullable String decisionsOf, String now) {
        LearningRun run = order.run();
        return new JobRecord(
                FORMAT,
                name,
                run.command(),
                order.arguments(),
                data,
                run.input().reading().label(),
                decisionsOf,
                JobState.QUEUED,
                now,
                null,
                null,
                null,
                List.of());
    }

    /** It begins. */
    JobRecord running(String now) {
        return new JobRecord(
                format,
                name,
                command,
                arguments,
                data,
                label,
                decisionsOf,
                JobState.RUNNING,
                created,
                now,
                null,
                null,
                log);
    }

    /** It has ended. */
    JobRecord ended(JobState how, @Nullable String why, List<String> lines, @Nullable String now) {
        return new JobRecord(
                format, name, command, arguments, data, label, decisionsOf, how, created, started, now, why, lines);
    }

    /** Writes it into the folder of its run: beside its place, then renamed. */
    void write(Path folder) {
        Path file = folder.resolve(FILE);
        Path beside = folder.resolve(FILE + ".unfinished");
        try {
            Files.writeString(
                    beside,
                    MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n",
                    StandardCharsets.UTF_8);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException(file + " cannot be written: " + problem.getMessage(), problem);
        }
    }

    /**
     * The record in the folder of a run, or null where there is none.
     *
     * @throws ApiError 409 if it is damaged
     */
    public static @Nullable JobRecord read(RunFolder run) {
        if (!run.has(FILE)) {
            return null;
        }
        try {
            JobRecord record = MAPPER.readValue(run.bytes(FILE, LARGEST), JobRecord.class);
            if (record.isWhole()) {
                return record;
            }
            throw ApiError.damaged(FILE + " lacks something");
        } catch (IOException damaged) {
            throw ApiError.damaged(FILE + " is not what was expected: "
                    + (damaged instanceof JsonProcessingException json ? Json.firstLine(json) : damaged.getMessage()));
        } catch (DateTimeParseException odd) {
            throw ApiError.damaged(FILE + " holds '" + odd.getParsedString() + "', expected a point in time");
        }
    }

    // what a file lacks is null here, whatever the types say
    @SuppressWarnings("ConstantValue")
    private boolean isWhole() {
        boolean timed = created != null
                && Stream.of(created, started, ended).filter(Objects::nonNull).allMatch(JobRecord::isTime);
        return timed
                && format == FORMAT
                && name != null
                && command != null
                && !arguments.isEmpty()
                && data != null
                && state != null;
    }

    private static boolean isTime(String text) {
        return Instant.parse(text).isAfter(Instant.EPOCH);
    }
}
