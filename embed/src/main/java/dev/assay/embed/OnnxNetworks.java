package dev.assay.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.assay.data.InvalidInputException;
import dev.assay.io.network.NetworkRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Networks in the ONNX format, run by ONNX Runtime on one thread, so that sums are always taken in one order. */
public final class OnnxNetworks implements NetworkRuntime {

    @Override
    public Network open(Path file, @Nullable String output) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("there is no network " + file + ", expected an ONNX file");
        }
        OrtEnvironment environment;
        try {
            environment = OrtEnvironment.getEnvironment();
        } catch (LinkageError absent) {
            throw new InvalidInputException(
                    "ONNX Runtime has no native library for this machine (" + System.getProperty("os.name") + ", "
                            + System.getProperty("os.arch")
                            + "): embed the data elsewhere, and give the features as .npy",
                    absent);
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setDeterministicCompute(true);
            return OnnxNetwork.of(file, environment.createSession(file.toString(), options), environment, output);
        } catch (OrtException problem) {
            throw new InvalidInputException(
                    file + " cannot be read as an ONNX network: " + OnnxNetwork.oneLine(problem), problem);
        }
    }
}
