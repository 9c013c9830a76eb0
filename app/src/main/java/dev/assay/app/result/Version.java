package dev.assay.app.result;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into this jar. */
public final class Version implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    /** The version alone, for example {@code 0.1.0}. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar of the command line");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " cannot be read", e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"assay " + text() + " (Java " + Runtime.version().feature() + ")"};
    }
}
