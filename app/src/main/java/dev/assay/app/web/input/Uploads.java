package dev.assay.app.web.input;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.run.WorkspaceLock;
import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files that came with a request, streamed to disk: each in a folder of its own whose name is its id. */
public final class Uploads {
    private static final Pattern ID = Pattern.compile("u-[0-9a-f]{32}");
    private static final Pattern RESERVED =
            Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);
    private static final String UNFINISHED = ".unfinished";
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_ENDING = 20;
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final long most;
    private final WorkspaceLock lock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Uploads in a folder.
     *
     * @param most bytes of one file
     * @param lock of the workspace that the folder is in
     */
    public Uploads(Path folder, long most, WorkspaceLock lock) {
        this.folder = folder;
        this.lock = lock;
        this.most = most;
    }

    /** A file that is whole. */
    public record Upload(String id, String name, long bytes) {}

    /**
     * Writes a body to disk.
     *
     * @param name what the client calls it
     * @param announced bytes that the client promises, or -1
     * @throws ApiError 413 if it is too large, 400 if it is empty or ends early; nothing is left of it then
     */
    public Upload take(String name, long announced, InputStream body) {
        if (announced > most) {
            throw tooLarge();
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = "u-" + HexFormat.of().formatHex(bytes);
        String clean = cleanName(name);
        Path place = folder.resolve(id);
        Path unfinished = place.resolve(clean + UNFINISHED);
        boolean whole = false;
        try {
            lock.hold();
            Files.createDirectories(place);
            long size = copy(body, unfinished);
            if (size == 0) {
                throw ApiError.bad("the file " + clean + " is empty");
            }
            if (announced >= 0 && size != announced) {
                throw ApiError.bad("the file " + clean + " ended after " + size + " of " + announced + " bytes");
            }
            Files.move(unfinished, place.resolve(clean), StandardCopyOption.ATOMIC_MOVE);
            whole = true;
            return new Upload(id, clean, size);
        } catch (IOException problem) {
            throw new UncheckedIOException("the upload cannot be kept: " + problem.getMessage(), problem);
        } finally {
            if (!whole) {
                discard(place, unfinished);
            }
        }
    }

    private long copy(InputStream body, Path file) throws IOException {
        byte[] block = new byte[BLOCK];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int count = read(body, block); count >= 0; count = read(body, block)) {
                size += count;
                if (size > most) {
                    throw tooLarge();
                }
                out.write(block, 0, count);
            }
        }
        return size;
    }

    private static int read(InputStream body, byte[] block) {
        try {
            return body.read(block);
        } catch (IOException gone) {
            throw ApiError.bad("the upload ended early");
        }
    }

    private ApiError tooLarge() {
        return new ApiError(
                413, "the file is larger than " + most + " bytes; start assay serve with a larger --max-upload");
    }

    /** Deletes what a server that was killed had received in part; nothing where the folder is not there. */
    public void clear() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> places = Files.list(folder)) {
            for (Path place : places.filter(
                            one -> ID.matcher(String.valueOf(one.getFileName())).matches()
                                    && Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                clear(place);
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw new InvalidInputException(
                    folder + " cannot be looked into: " + unreadable.getMessage() + "; put its rights right",
                    unreadable);
        }
    }

    private static void clear(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.delete(file);
                }
            }
            if (all.stream().allMatch(file -> file.toString().endsWith(UNFINISHED))) {
                Files.delete(place);
            }
        }
    }

    private static void discard(Path place, Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(place);
        } catch (IOException stays) {
            // its name says that it is not whole
            unfinished.toFile().deleteOnExit();
        }
    }

    /**
     * The file of an upload.
     *
     * @throws ApiError 404 if there is none with that id
     */
    public Path find(String id) {
        Path place = folder.resolve(ID.matcher(id).matches() ? id : "-");
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(place)) {
                Path file = files.filter(one -> !one.toString().endsWith(UNFINISHED)
                                && Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
                        .findFirst()
                        .orElse(null);
                if (file != null) {
                    return file;
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        throw ApiError.missing("there is no upload with this id; send the file to /api/uploads first");
    }

    /** A message for people, in which an upload goes by its name, not by the place where it is kept. */
    public String withoutPlaces(String message) {
        return message.replaceAll(Pattern.quote(folder.toAbsolutePath() + "/") + ID.pattern() + "/", "");
    }

    /** Deletes an upload that nobody needs any more. */
    public void delete(String id) {
        try {
            Path file = find(id);
            Files.delete(file);
            Files.delete(folder.resolve(id));
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    /** A name that means the same to every file system: no path, nothing unseen, not too long, the ending kept. */
    public static String cleanName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = Normalizer.normalize(last, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]", "")
                .replaceAll("[:*?\"<>|]", "_")
                .replaceAll("^[.\\s]+|[.\\s]+$", "");
        if (RESERVED.matcher(clean).matches() || clean.startsWith("-")) {
            clean = "_" + clean;
        }
        if (clean.toLowerCase(Locale.ROOT).endsWith(UNFINISHED)) {
            clean = clean + "_";
        }
        if (clean.isEmpty()) {
            return "data";
        }
        if (clean.length() <= LONGEST_NAME) {
            return clean;
        }
        int dot = clean.indexOf('.', clean.length() - LONGEST_ENDING);
        String ending = dot < 0 ? "" : clean.substring(dot);
        int cut = LONGEST_NAME - ending.length();
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(cut - 1)) ? cut - 1 : cut) + ending;
    }
}
