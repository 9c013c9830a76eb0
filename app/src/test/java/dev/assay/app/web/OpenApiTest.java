package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API names every route, and no other. */
class OpenApiTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteIsThere() {
        try (Served served = Served.in(folder)) {
            String text = served.get("/api/openapi.json").body();
            JsonNode description = Served.json(text);
            List<String> described = new ArrayList<>();
            description
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(
                                    method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

            assertThat(description.path("openapi").asText()).startsWith("3.1");
            assertThat(described)
                    .containsExactlyInAnyOrderElementsOf(served.server().routeNames());
            Matcher references = Pattern.compile("\"#/([^\"]+)\"").matcher(text);
            int count = 0;
            while (references.find()) {
                assertThat(description.at("/" + references.group(1)).isMissingNode())
                        .as(references.group(1))
                        .isFalse();
                count++;
            }
            assertThat(count).isPositive();
        }
    }
}
