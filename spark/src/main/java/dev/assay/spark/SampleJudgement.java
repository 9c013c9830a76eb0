package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.io.model.SavedModel;
import dev.assay.job.ModelSet;
import dev.assay.mixture.Mixture;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the sample was found to be made of, and the judge of all other rows that follows from it.
 *
 * @param division of the sample
 * @param judge ready to be sent
 */
record SampleJudgement(Division division, ShippedJudge judge) {
    /**
     * Of a division and the models that were trained with it.
     *
     * @param rows where the sample is from
     */
    static SampleJudgement of(ClusterRows rows, ContentSample sample, Division division, ModelSet models) {
        Mixture mixture = Mixture.of(division.data(), division.posteriors(), true);
        double[] labelShares =
                division.data().targets() instanceof ClassTargets ? mixture.labelShares() : new double[0];
        return new SampleJudgement(
                division,
                new ShippedJudge(
                        new SavedModel(rows.schema(), models, origin(rows, division)),
                        new ShippedJudge.State(
                                division.verdict().name(), labelShares, SampleVerdicts.of(division, sample.keys()))));
    }

    /** What the stored models say of where they come from. */
    static Map<String, String> origin(ClusterRows rows, Division division) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("verdict", division.verdict().name().toLowerCase(Locale.ROOT));
        origin.put("trainingRows", Long.toString(rows.engine().size()));
        origin.put("sampleRows", Integer.toString(division.data().size()));
        origin.put("fingerprint", division.data().fingerprint());
        return origin;
    }

    /** The rows of the sample that are kept, by the block that they are in. */
    Dataset inBlock(int block) {
        int[] assigned = division.assigned();
        int[] rows = new int[assigned.length];
        int count = 0;
        for (int i = 0; i < assigned.length; i++) {
            if (assigned[i] == block) {
                rows[count++] = i;
            }
        }
        return division.data().select(Arrays.copyOf(rows, count));
    }
}
