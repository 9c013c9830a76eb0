package dev.assay.app.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
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
record JobRecord(
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
    static final String FILE = "job.json";

    private static final int FORMAT = 1;
    private static final long LARGEST = 4 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Copies the lists. */
    JobRecord {
        arguments = List.copyOf(arguments);
        log = List.copyOf(log);
    }

    /** A run that is to be. */
    static JobRecord queued(
            String name,
            String command,
            List<String> arguments,
            String data,
            @Nullable String label,
            @Nullable String decisionsOf,
            String now) {
        return new JobRecord(
                FORMAT,
                name,
                command,
                arguments,
                data,
                label,
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

    /** The record in a folder, or null where there is none that can be understood. */
    static @Nullable JobRecord read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                return null;
            }
            JobRecord record = MAPPER.readValue(Files.readAllBytes(file), JobRecord.class);
            return record.isWhole() ? record : null;
        } catch (JacksonException | NullPointerException damaged) {
            return null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    // what a file lacks is null here, whatever the types say
    @SuppressWarnings("ConstantValue")
    private boolean isWhole() {
        return format == FORMAT && name != null && command != null && data != null && state != null && created != null;
    }
}
