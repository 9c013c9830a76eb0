package dev.assay.linalg;

import dev.assay.work.UnpackedLibraries;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * BLAS and LAPACK: OpenBLAS where a native build is on the class path, pure Java elsewhere.
 *
 * <p>OpenBLAS runs on one thread; parallelism is ours, over tiles of fixed size, so that results do not depend on the
 * number of threads.
 */
final class NativeLibraries {
    static final BLAS BLAS_LIBRARY;
    static final LAPACK LAPACK_LIBRARY;
    static final String DESCRIPTION;

    private static final Logger NETLIB_LOGGER = Logger.getLogger("dev.ludovic.netlib");

    static {
        // netlib reports its choice at level INFO, which would end up between the lines that a user reads
        NETLIB_LOGGER.setLevel(Level.SEVERE);
        boolean found = pointNetlibAtOpenBlas();
        BLAS_LIBRARY = found ? BLAS.getInstance() : JavaBLAS.getInstance();
        LAPACK_LIBRARY = found ? LAPACK.getInstance() : JavaLAPACK.getInstance();
        UnpackedLibraries.clear();
        DESCRIPTION = BLAS_LIBRARY.getClass().getSimpleName() + ", "
                + LAPACK_LIBRARY.getClass().getSimpleName();
    }

    private NativeLibraries() {}

    private static boolean pointNetlibAtOpenBlas() {
        try {
            Path binding = Path.of(Loader.load(openblas_nolapack.class));
            Path directory = binding.toAbsolutePath().getParent();
            if (directory == null) {
                return false;
            }
            // the very file that the binding maps: with another copy, pinning the threads would not reach netlib's
            for (String name : new String[] {
                "libopenblas_nolapack.so.0", "libopenblas_nolapack.0.dylib", "libopenblas_nolapack.dll"
            }) {
                Path library = directory.resolve(name);
                if (Files.exists(library)) {
                    openblas_nolapack.blas_set_num_threads(1);
                    System.setProperty("dev.ludovic.netlib.blas.nativeLibPath", library.toString());
                    System.setProperty("dev.ludovic.netlib.lapack.nativeLibPath", library.toString());
                    return true;
                }
            }
            return false;
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException unavailable) {
            return false;
        }
    }

    /** Number of threads that OpenBLAS uses by itself, 1 where it is not there. */
    static int nativeThreads() {
        return DESCRIPTION.contains("JNI") ? openblas_nolapack.blas_get_num_threads() : 1;
    }
}
