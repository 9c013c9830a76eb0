package dev.assay.embed;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.assay.data.InvalidInputException;
import dev.assay.io.network.NetworkRuntime;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A session with one input of 32-bit numbers, and one output of such that is wanted. */
final class OnnxNetwork implements NetworkRuntime.Network {
    private final Path file;
    private final OrtSession session;
    private final OrtEnvironment environment;
    private final String input;
    private final List<Long> inputShape;
    private final String output;

    private OnnxNetwork(
            Path file,
            OrtSession session,
            OrtEnvironment environment,
            String input,
            List<Long> inputShape,
            String output) {
        this.file = file;
        this.session = session;
        this.environment = environment;
        this.input = input;
        this.inputShape = inputShape;
        this.output = output;
    }

    /** Takes the session over, and closes it where it cannot be used. */
    static OnnxNetwork of(Path file, OrtSession session, OrtEnvironment environment, @Nullable String wanted)
            throws OrtException {
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            if (inputs.size() != 1) {
                throw new InvalidInputException(file + " has " + inputs.size() + " inputs (" + listed(inputs)
                        + "), expected one: the examples");
            }
            NodeInfo input = inputs.values().iterator().next();
            if (!(input.getInfo() instanceof TensorInfo tensor)
                    || tensor.type != OnnxJavaType.FLOAT
                    || tensor.getShape().length < 2) {
                throw new InvalidInputException(file + " takes " + listed(inputs)
                        + ", expected 32-bit numbers of at least two axes, the batch first");
            }
            List<Long> shape = Arrays.stream(tensor.getShape()).boxed().toList();
            return new OnnxNetwork(
                    file, session, environment, input.getName(), shape, output(file, session.getOutputInfo(), wanted));
        } catch (OrtException | RuntimeException unusable) {
            session.close();
            throw unusable;
        }
    }

    private static String output(Path file, Map<String, NodeInfo> outputs, @Nullable String wanted) {
        Map<String, NodeInfo> possible = new LinkedHashMap<>();
        outputs.forEach((name, info) -> {
            if (info.getInfo() instanceof TensorInfo tensor
                    && tensor.type == OnnxJavaType.FLOAT
                    && isRowEach(tensor.getShape())) {
                possible.put(name, info);
            }
        });
        if (wanted != null && !outputs.containsKey(wanted)) {
            throw new InvalidInputException(file + " has no output '" + wanted + "', it has " + listed(outputs));
        }
        if (wanted != null ? !possible.containsKey(wanted) : possible.isEmpty()) {
            throw new InvalidInputException(file + (wanted == null ? "" : ": the output '" + wanted + "'")
                    + " gives no row of 32-bit numbers for each example; its outputs are " + listed(outputs));
        }
        return wanted != null
                ? wanted
                : possible.keySet().stream().reduce((first, last) -> last).orElseThrow();
    }

    /** [N, k], or [N, k, 1, 1] as pooled images have it. */
    private static boolean isRowEach(long[] shape) {
        return shape.length == 2 || (shape.length == 4 && shape[2] == 1 && shape[3] == 1);
    }

    private static String listed(Map<String, NodeInfo> nodes) {
        return nodes.values().stream()
                .map(node -> node.getInfo() instanceof TensorInfo tensor
                        ? node.getName() + " " + tensor.type + " " + shown(tensor.getShape())
                        : node.getName())
                .collect(Collectors.joining(", "));
    }

    private static String shown(long[] shape) {
        return Arrays.stream(shape)
                .mapToObj(length -> length < 0 ? "any" : Long.toString(length))
                .toList()
                .toString();
    }

    @Override
    public String output() {
        return output;
    }

    @Override
    public List<Long> inputShape() {
        return inputShape;
    }

    @Override
    public float[][] run(float[] values, long[] shape) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            OnnxTensor given = (OnnxTensor) result.get(0);
            long[] found = given.getInfo().getShape();
            if (!isRowEach(found) || found[0] != shape[0]) {
                throw new InvalidInputException(file + ": the output '" + output + "' is " + shown(found) + " for "
                        + shape[0] + " examples, expected one row for each");
            }
            FloatBuffer numbers = Objects.requireNonNull(given.getFloatBuffer(), "32-bit numbers");
            float[][] rows = new float[Math.toIntExact(found[0])][Math.toIntExact(found[1])];
            for (float[] row : rows) {
                numbers.get(row);
            }
            return rows;
        } catch (OrtException problem) {
            throw new InvalidInputException(file + " does not take " + shown(shape) + ": " + oneLine(problem), problem);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException impossible) {
            throw new IllegalStateException("a session that was opened can be closed", impossible);
        }
    }

    static String oneLine(OrtException problem) {
        String text =
                String.valueOf(problem.getMessage()).replaceAll("\\s+", " ").strip();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
