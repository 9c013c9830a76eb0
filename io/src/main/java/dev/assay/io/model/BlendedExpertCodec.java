package dev.assay.io.model;

import dev.assay.learn.BlendedExpert;
import dev.assay.learn.WeightedExpert;
import java.util.ArrayList;
import java.util.List;

/** Several experts of any kind and their weights. */
final class BlendedExpertCodec extends ExpertCodec<BlendedExpert, BlendedExpertCodec.StoredBlend> {
    BlendedExpertCodec() {
        super("Blended", BlendedExpert.class, StoredBlend.class);
    }

    /** See {@link BlendedExpert}. */
    record StoredBlend(List<StoredPart> parts) implements StoredExpert {}

    /** See {@link WeightedExpert}. */
    record StoredPart(StoredExpert expert, double weight) {}

    @Override
    protected StoredBlend write(BlendedExpert blend, ComponentWriter to) {
        List<StoredPart> parts = new ArrayList<>();
        for (WeightedExpert part : blend.parts()) {
            parts.add(new StoredPart(to.expert("part" + (parts.size() + 1), part.expert()), part.weight()));
        }
        return new StoredBlend(parts);
    }

    @Override
    protected BlendedExpert read(StoredBlend stored, ComponentReader from) {
        ComponentReader.require(
                stored.parts() != null && !stored.parts().isEmpty(), "a blend of experts has no experts");
        return new BlendedExpert(stored.parts().stream()
                .map(part -> new WeightedExpert(from.expert(part.expert()), part.weight()))
                .toList());
    }
}
