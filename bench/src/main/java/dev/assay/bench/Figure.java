package dev.assay.bench;

import dev.assay.app.cli.Session;
import java.io.IOException;
import java.nio.file.Path;

/** A figure of the paper that can be computed anew. */
interface Figure {
    /** Computes the figure and writes a CSV and a PNG; says on the console what it finds. */
    void reproduce(Session session) throws IOException;

    /** Where the files of a figure go. */
    default Path file(Session session, String name, String extension) {
        return session.out().resolve(name + "." + extension);
    }
}
