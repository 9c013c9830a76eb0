package dev.assay.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.app.report.ReportData;
import dev.assay.app.web.input.NewRun;
import dev.assay.app.web.input.Previews;
import dev.assay.app.web.predict.RowPredictions;
import dev.assay.app.web.review.Reviews;
import java.io.IOException;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * openapi.json is the one source of what the API and report.json hold: the types of the page are made from it, and the records
 * that Java reads and writes are held against it. That real answers are as it says is checked by {@link Served}, with each
 * answer that any test receives.
 */
class TypesOfTheApiTest {
    private static final Path COMMITTED = Path.of("src/main/frontend/src/shared/types.ts");
    private static final Path MADE = Path.of("target/types.ts");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void typesOfThePageAreMadeFromTheDescription() throws IOException {
        String made = TypeScript.of(ApiDescription.schemas());
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, made);

        assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
                .as("openapi.json has changed: in app/, cp %s %s, then build the front end", MADE, COMMITTED)
                .isEqualTo(made);
    }

    @Test
    void recordsOfTheReportAreAsDescribed() {
        Map<String, Class<?>> met = new LinkedHashMap<>();
        compare("ReportData", ReportData.class, met);

        assertThat(met).hasSizeGreaterThan(30);
    }

    @Test
    void bodiesOfRequestsAreAsDescribed() {
        Map<String, Class<?>> bodies = Map.of(
                "PreviewRequest", Previews.Request.class,
                "RunRequest", NewRun.class,
                "RunOptions", NewRun.Options.class,
                "AgainRequest", RunActions.Again.class,
                "DecisionRequest", Reviews.Request.class,
                "PredictRequest", RowPredictions.Request.class);
        bodies.forEach((name, body) -> assertThat(names(ApiDescription.schema(name)))
                .as(name)
                .containsExactlyElementsOf(Arrays.stream(body.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList()));
    }

    @Test
    void reportsAreAsDescribed() throws IOException {
        Path table = Served.table(folder.resolve("two.csv"), 300);
        Path numbers = Files.writeString(
                folder.resolve("numbers.csv"),
                Files.readString(table)
                        .replaceAll("(?m)^([^,]*),(.*),[^,]*$", "$2,$1")
                        .replace(",x0\n", ",target\n"));
        Path images = SampleFiles.pictures(folder.resolve("pictures-idx3-ubyte"), 120, 3);
        Path labels = SampleFiles.labelsOfPictures(folder.resolve("labels-idx1-ubyte"), 120);
        for (List<Object> words : List.<List<Object>>of(
                List.of("run", table, "--label", "y", "--source", "colour"),
                List.of("purify", table, "--label", "y"),
                List.of("run", numbers, "--label", "target"),
                List.of("diagnose", images, "--labels", labels))) {
            Path out = folder.resolve("out-" + words.get(0) + "-" + ((Path) words.get(1)).getFileName());
            List<Object> all = new ArrayList<>(words);
            all.addAll(List.of("--out", out, "--quiet"));
            Served.command(all.toArray());

            ApiDescription.requireFit("ReportData", Served.json(Files.readString(out.resolve("report.json"))));
        }
    }

    private static List<String> names(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The same names in the same order, all of them required, with the same types; and so on for records within. */
    private static void compare(String name, Class<?> type, Map<String, Class<?>> met) {
        Class<?> known = met.putIfAbsent(name, type);
        if (known != null) {
            assertThat(known).as(name).isEqualTo(type);
            return;
        }
        JsonNode schema = ApiDescription.schema(name);
        List<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(names(schema)).as(name).isEqualTo(components);
        assertThat(ApiDescription.required(schema)).as(name).isEqualTo(components);
        for (RecordComponent component : type.getRecordComponents()) {
            compare(
                    name + "." + component.getName(),
                    schema.path("properties").path(component.getName()),
                    component.getAnnotatedType(),
                    met);
        }
    }

    private static void compare(String place, JsonNode given, AnnotatedType type, Map<String, Class<?>> met) {
        JsonNode schema = given.has("oneOf") ? given.path("oneOf").path(0) : given;
        Set<String> kinds = new TreeSet<>(ApiDescription.kinds(schema));
        boolean nullable = kinds.remove("null") || given.has("oneOf");
        Class<?> raw = raw(type.getType());
        // NaN is written as null
        if (raw != double.class) {
            assertThat(nullable).as(place + " may be null").isEqualTo(type.isAnnotationPresent(Nullable.class));
        }
        String referred = ApiDescription.referred(schema);
        if (raw.isRecord()) {
            assertThat(referred).as(place).isEqualTo(raw.getSimpleName());
            compare(referred, raw, met);
        } else if (referred.isEmpty() && schema.has("type")) {
            assertThat(kinds).as(place).containsExactly(kind(raw));
        }
        if (type instanceof AnnotatedArrayType array) {
            compare(place + "[]", schema.path("items"), array.getAnnotatedGenericComponentType(), met);
        } else if (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            JsonNode entries = schema.path(raw == List.class ? "items" : "additionalProperties");
            if (entries.isObject() && raw(arguments[arguments.length - 1].getType()) != Object.class) {
                compare(place + "[]", entries, arguments[arguments.length - 1], met);
            }
        }
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static String kind(Class<?> type) {
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "integer";
        }
        if (type == double.class) {
            return "number";
        }
        if (type == boolean.class) {
            return "boolean";
        }
        if (type == String.class) {
            return "string";
        }
        return type.isArray() || type == List.class ? "array" : "object";
    }
}
