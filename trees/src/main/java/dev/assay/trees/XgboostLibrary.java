package dev.assay.trees;

import dev.assay.work.UnpackedLibraries;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** The native library, which is loaded when it is first asked for and stays. */
final class XgboostLibrary {
    /** Why it cannot be used; null where it can. */
    static final @Nullable String MISSING = load();

    private XgboostLibrary() {}

    private static @Nullable String load() {
        try {
            new DMatrix(new float[] {0}, 1, 1, Float.NaN).dispose();
            return null;
        } catch (XGBoostError | RuntimeException | LinkageError unavailable) {
            return "boosted trees need the native library of XGBoost, which cannot be loaded on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                    + " (it is there for Linux and macOS on x86_64 and ARM, with the OpenMP runtime installed, and for"
                    + " Windows on x86_64)";
        } finally {
            UnpackedLibraries.clear();
        }
    }
}
