package dev.assay.app.web.input;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Views;
import dev.assay.io.array.Pictures;
import dev.assay.io.preview.Preview;
import dev.assay.io.read.ReadSettings;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A first look at a file, as the API tells it. */
public final class Previews {
    private final Inputs inputs;

    public Previews(Inputs inputs) {
        this.inputs = inputs;
    }

    /** The body of POST /api/previews. */
    public record Request(
            @Nullable String upload,
            @Nullable String path,
            @Nullable String header) {}

    public Map<String, @Nullable Object> preview(Request request) {
        Path file = inputs.required("data", request.upload(), request.path());
        Preview preview = Preview.of(file, header(request.header()), 1);
        List<Object> columns = new ArrayList<>();
        preview.columns()
                .forEach(column -> columns.add(Views.entry(
                        "name", column.name(),
                        "type", column.kind().name().toLowerCase(Locale.ROOT),
                        "detail", column.detail(),
                        "missing", column.missing())));
        return Views.entry(
                "name",
                String.valueOf(file.getFileName()),
                "format",
                preview.format().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "records",
                preview.records(),
                "truncated",
                false,
                "columns",
                columns,
                "rows",
                preview.rows(),
                "labels",
                preview.labels(),
                "needsLabels",
                preview.needsLabels(),
                "image",
                image(preview.pictures()));
    }

    private static @Nullable Map<String, @Nullable Object> image(@Nullable Pictures pictures) {
        return pictures == null
                ? null
                : Views.entry(
                        "width", pictures.width(),
                        "height", pictures.height(),
                        "channels", pictures.channels(),
                        "pixels", Base64.getEncoder().encodeToString(joined(pictures.pixels())));
    }

    private static ReadSettings.Header header(@Nullable String word) {
        return switch (word == null ? "auto" : word) {
            case "auto" -> ReadSettings.Header.AUTO;
            case "yes" -> ReadSettings.Header.PRESENT;
            case "no" -> ReadSettings.Header.ABSENT;
            default -> throw ApiError.bad("header is '" + word + "', expected auto, yes or no");
        };
    }

    private static byte[] joined(List<byte[]> pictures) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pictures.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
