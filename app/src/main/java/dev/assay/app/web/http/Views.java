package dev.assay.app.web.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of responses. */
public final class Views {
    private Views() {}

    /** An object, in order: key, value, key, value. */
    public static Map<String, @Nullable Object> entry(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            result.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return result;
    }
}
