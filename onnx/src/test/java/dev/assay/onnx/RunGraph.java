package dev.assay.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs an exported model as a program would that knows nothing of Assay. */
final class RunGraph {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private RunGraph() {}

    /** The outputs, by name, for rows of a table. */
    static Map<String, Object> on(OnnxModel model, Map<String, List<@Nullable Object>> columns) throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (ModelInput input : model.inputs()) {
            List<@Nullable Object> cells = Objects.requireNonNull(columns.get(input.column()), input.column());
            tensors.put(input.name(), tensor(input, cells));
        }
        return run(model, tensors);
    }

    /** The same for arrays, n examples one after the other. */
    static Map<String, Object> on(OnnxModel model, float[] entries, long... shape) throws OrtException {
        return run(
                model,
                Map.of(
                        model.inputs().get(0).name(),
                        OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(entries), shape)));
    }

    /** What a file says of itself. */
    static Map<String, String> metadata(OnnxModel model) throws OrtException {
        try (OrtSession session = ENVIRONMENT.createSession(model.content())) {
            return session.getMetadata().getCustomMetadata();
        }
    }

    private static OnnxTensor tensor(ModelInput input, List<@Nullable Object> cells) throws OrtException {
        long[] shape = {cells.size(), 1};
        return switch (input.kind().type()) {
            case TEXT ->
                OnnxTensor.createTensor(
                        ENVIRONMENT,
                        cells.stream()
                                .map(cell -> cell == null ? "" : cell.toString())
                                .toArray(String[]::new),
                        shape);
            case WHOLE ->
                OnnxTensor.createTensor(
                        ENVIRONMENT,
                        LongBuffer.wrap(
                                cells.stream().mapToLong(RunGraph::microseconds).toArray()),
                        shape);
            default ->
                OnnxTensor.createTensor(
                        ENVIRONMENT,
                        DoubleBuffer.wrap(
                                cells.stream().mapToDouble(RunGraph::number).toArray()),
                        shape);
        };
    }

    private static double number(@Nullable Object cell) {
        if (cell instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return cell == null ? Double.NaN : ((Number) cell).doubleValue();
    }

    private static long microseconds(@Nullable Object cell) {
        LocalDateTime start = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);
        return cell == null ? Long.MIN_VALUE : ChronoUnit.MICROS.between(start, (LocalDateTime) cell);
    }

    private static Map<String, Object> run(OnnxModel model, Map<String, OnnxTensor> tensors) throws OrtException {
        try (OrtSession session = ENVIRONMENT.createSession(model.content());
                OrtSession.Result result = session.run(tensors)) {
            Map<String, Object> outputs = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.put(output.getKey(), output.getValue().getValue());
            }
            return outputs;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}
