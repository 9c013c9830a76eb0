package dev.assay.app.web.predict;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.result.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** Models that were read before, kept until their files change. */
public final class Models {
    private static final int MOST = 8;

    private final Map<String, Loaded> loaded = new LinkedHashMap<>(MOST, 0.75f, true);

    private record Loaded(FileTime written, SavedModel model) {}

    /**
     * The model of a run.
     *
     * @throws ApiError 409 if it has none
     */
    public synchronized SavedModel of(RunFolder run) {
        if (!run.has(RunDirectory.MODEL)) {
            throw ApiError.conflict("this run has no model: it has not finished, or is no assay run");
        }
        try {
            FileTime written = Files.getLastModifiedTime(run.file(RunDirectory.MODEL));
            Loaded known = loaded.get(run.id());
            if (known != null && known.written().equals(written)) {
                return known.model();
            }
            SavedModel model = ModelFolder.read(run.path());
            loaded.put(run.id(), new Loaded(written, model));
            if (loaded.size() > MOST) {
                loaded.remove(loaded.keySet().iterator().next());
            }
            return model;
        } catch (InvalidInputException damaged) {
            throw ApiError.damaged(String.valueOf(damaged.getMessage()));
        } catch (IOException problem) {
            throw new UncheckedIOException(run.path() + " cannot be read: " + problem.getMessage(), problem);
        }
    }
}
