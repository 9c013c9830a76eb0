package dev.assay.io.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.assay.learn.CalibratedExpert;
import org.jspecify.annotations.Nullable;

/** An expert of any kind and how sure it may be; without a deviation where classes are predicted. */
final class CalibratedExpertCodec extends ExpertCodec<CalibratedExpert, CalibratedExpertCodec.StoredCalibrated> {
    CalibratedExpertCodec() {
        super("Calibrated", CalibratedExpert.class, StoredCalibrated.class);
    }

    /** See {@link CalibratedExpert}. */
    record StoredCalibrated(
            StoredExpert of,
            double scale,
            @JsonSetter(nulls = Nulls.SET) @Nullable Double deviation) implements StoredExpert {}

    @Override
    protected StoredCalibrated write(CalibratedExpert expert, ComponentWriter to) {
        return new StoredCalibrated(
                to.expert(expert.of()), expert.scale(), Double.isNaN(expert.deviation()) ? null : expert.deviation());
    }

    @Override
    protected CalibratedExpert read(StoredCalibrated stored, ComponentReader from) {
        return new CalibratedExpert(from.expert(stored.of()), stored.scale(), from.deviation(stored.deviation()));
    }
}
