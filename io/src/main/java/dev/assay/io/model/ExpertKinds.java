package dev.assay.io.model;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import org.jspecify.annotations.Nullable;

/** The kinds of experts by name; a linear one has none, as all were linear when the format was made. */
final class ExpertKinds extends TypeIdResolverBase {
    @Override
    public @Nullable String idFromValue(Object stored) {
        return stored instanceof LinearExpertCodec.StoredLinear ? null : Codecs.EXPERTS.kind(stored);
    }

    @Override
    public @Nullable String idFromValueAndType(Object stored, Class<?> type) {
        return idFromValue(stored);
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String kind) throws InvalidTypeIdException {
        Class<?> stored = Codecs.EXPERTS.stored(kind);
        if (stored == null) {
            throw InvalidTypeIdException.from(
                    ((DeserializationContext) context).getParser(),
                    "experts of the kind '" + kind + "' are not known here, only " + Codecs.EXPERTS.names(),
                    context.constructType(ExpertCodec.StoredExpert.class),
                    kind);
        }
        return context.constructType(stored);
    }

    @Override
    public JsonTypeInfo.Id getMechanism() {
        return JsonTypeInfo.Id.CUSTOM;
    }
}
