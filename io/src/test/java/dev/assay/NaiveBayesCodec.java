package dev.assay;

import dev.assay.io.model.ComponentReader;
import dev.assay.io.model.ComponentWriter;
import dev.assay.io.model.ExpertCodec;

/** How an expert of {@link NaiveBayes} is stored; META-INF/services names it. */
public final class NaiveBayesCodec extends ExpertCodec<NaiveBayes.Learned, NaiveBayesCodec.Stored> {
    /** For the service loader. */
    public NaiveBayesCodec() {
        super("NaiveBayes", NaiveBayes.Learned.class, Stored.class);
    }

    /** Names of matrices. */
    record Stored(String shares, String means, String variances) implements StoredExpert {}

    @Override
    protected Stored write(NaiveBayes.Learned expert, ComponentWriter to) {
        return new Stored(
                to.row("shares", expert.shares()),
                to.matrix("means", expert.means()),
                to.matrix("variances", expert.variances()));
    }

    @Override
    protected NaiveBayes.Learned read(Stored stored, ComponentReader from) {
        int classes = from.loss().outputCount();
        return new NaiveBayes.Learned(
                from.row(stored.shares(), classes),
                from.matrix(stored.means(), classes, from.features()),
                from.matrix(stored.variances(), classes, from.features()));
    }
}
