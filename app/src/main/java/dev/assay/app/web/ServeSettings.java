package dev.assay.app.web;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to serve.
 *
 * @param folders run folders, or folders that hold run folders
 * @param workspace where new runs and uploads go; made when first needed
 * @param host the address to listen on
 * @param port to listen on; 0 picks a free one
 * @param token what a client must know
 * @param maxUploadBytes the largest file that may be uploaded
 * @param threads of the computations, or null for all processors
 */
public record ServeSettings(
        List<Path> folders,
        Path workspace,
        String host,
        int port,
        String token,
        long maxUploadBytes,
        @Nullable Integer threads) {
    /** Copies the list. */
    public ServeSettings {
        folders = List.copyOf(folders);
    }
}
