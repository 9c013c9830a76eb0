package dev.assay.app.web.input;

import dev.assay.app.web.http.ApiError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that a request names: an upload, or a path of this machine where that is allowed. */
public final class Inputs {
    private final Uploads uploads;
    private final boolean pathsAllowed;

    public Inputs(Uploads uploads, boolean pathsAllowed) {
        this.uploads = uploads;
        this.pathsAllowed = pathsAllowed;
    }

    /** Whether a request may name paths. */
    public boolean pathsAllowed() {
        return pathsAllowed;
    }

    /** The file, which must be named in one of the two ways. */
    public Path required(String what, @Nullable String upload, @Nullable String path) {
        Path file = optional(what, upload, path);
        if (file == null) {
            throw ApiError.bad("no " + what + ": name an upload" + (pathsAllowed ? ", or a path of this machine" : ""));
        }
        return file;
    }

    /** The file, or null if it is not named. */
    @Nullable
    public Path optional(String what, @Nullable String upload, @Nullable String path) {
        if (upload != null && path != null) {
            throw ApiError.bad("the " + what + " is named both as an upload and as a path; name it once");
        }
        if (upload != null) {
            return uploads.find(upload).toAbsolutePath().normalize();
        }
        if (path == null || path.isBlank()) {
            return null;
        }
        if (!pathsAllowed) {
            throw new ApiError(403, "this server listens beyond this machine and takes no paths; upload the file");
        }
        try {
            String home = System.getProperty("user.home", "");
            String expanded =
                    path.strip().startsWith("~/") ? home + path.strip().substring(1) : path.strip();
            return Path.of(expanded).toAbsolutePath().normalize();
        } catch (InvalidPathException odd) {
            throw ApiError.bad("'" + path + "' is no path: " + odd.getReason());
        }
    }
}
