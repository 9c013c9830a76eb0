package dev.assay.app.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of requests and responses. */
public final class Json {
    public static final String TYPE = "application/json";

    /** The largest body that is read; rows to be predicted are the largest thing that comes this way. */
    public static final int LARGEST_BODY = 8 << 20;

    private static final int DEEPEST = 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private Json() {}

    /** Answers with a tree of maps, lists and records; NaN becomes null. */
    public static void answer(Context context, int status, Object tree) {
        context.status(status).contentType(TYPE + "; charset=utf-8").result(bytes(tree));
    }

    /** The tree as JSON. */
    static byte[] bytes(Object tree) {
        return text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** The tree as JSON in one line. */
    public static String text(Object tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException problem) {
            throw new IllegalStateException("no JSON can be made of " + tree.getClass(), problem);
        }
    }

    /** A number, or null where it is none, as JSON knows neither NaN nor infinity. */
    public static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** One line that says what is wrong. */
    public static Map<String, String> error(String line) {
        return Map.of("error", line.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    /**
     * The body of a request.
     *
     * @throws ApiError if it is too large, of another type, no JSON, or has a field that is not known
     */
    public static <T> T body(Context context, Class<T> kind, Transfers transfers) {
        String type = context.header("Content-Type");
        if (type == null
                || !type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE)) {
            throw new ApiError(415, "the body is of type " + (type == null ? "nothing" : type) + ", expected " + TYPE);
        }
        byte[] bytes;
        try (InputStream in = transfers.receive(context, Transfers.Kind.BODY)) {
            bytes = in.readNBytes(LARGEST_BODY + 1);
        } catch (IOException broken) {
            throw ApiError.bad("the body ended early: " + broken.getMessage());
        }
        if (bytes.length > LARGEST_BODY) {
            throw new ApiError(413, "the body is larger than " + LARGEST_BODY + " bytes; send it in parts");
        }
        return read(bytes, kind);
    }

    /** Any JSON text. */
    public static JsonNode tree(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    private static <T> T read(byte[] bytes, Class<T> kind) {
        try {
            T value = MAPPER.readValue(bytes, kind);
            if (value == null) {
                throw ApiError.bad("the body is null, expected a JSON object");
            }
            return value;
        } catch (UnrecognizedPropertyException unknown) {
            throw ApiError.bad("there is no field '" + unknown.getPropertyName() + "'; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .toList());
        } catch (JsonMappingException misfit) {
            if (misfit.getCause() instanceof ApiError error) {
                throw error;
            }
            if (misfit.getCause() instanceof StreamReadException damaged) {
                throw ApiError.bad("the body is no JSON: " + firstLine(damaged));
            }
            String place = misfit.getPath().isEmpty() || misfit.getPath().get(0).getFieldName() == null
                    ? ""
                    : " at " + misfit.getPath().get(0).getFieldName();
            throw ApiError.bad("the body is not what was expected" + place + expected(misfit));
        } catch (JsonProcessingException damaged) {
            throw ApiError.bad("the body is no JSON: " + firstLine(damaged));
        } catch (IOException unreadable) {
            throw ApiError.bad("the body cannot be read: " + unreadable.getMessage());
        }
    }

    /** Without the names of our classes. */
    private static String expected(JsonMappingException misfit) {
        Class<?> wanted = misfit instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        if (wanted == null) {
            return "";
        }
        if (wanted == String.class) {
            return ": expected a text";
        }
        if (wanted == Integer.class || wanted == Long.class) {
            return ": expected a whole number";
        }
        if (wanted == Boolean.class) {
            return ": expected true or false";
        }
        return List.class.isAssignableFrom(wanted) ? ": expected a list" : ": expected an object";
    }

    /** What is wrong with a text that is no JSON. */
    public static String firstLine(JsonProcessingException problem) {
        return problem.getOriginalMessage().lines().findFirst().orElse("");
    }
}
