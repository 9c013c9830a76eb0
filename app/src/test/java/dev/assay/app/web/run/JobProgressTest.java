package dev.assay.app.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.work.Series;
import dev.assay.work.Stage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a computation says on its way is kept for those who come late, and does not grow without end. */
class JobProgressTest {
    private static final Series SERIES = new Series("V", "rows removed", "V (lower is less mixed)");

    private final AtomicInteger changes = new AtomicInteger();
    private final JobProgress progress = new JobProgress(changes::incrementAndGet);

    @Test
    void phaseAndTimeLeftAreTold() {
        progress.phase("read it", 0);
        assertThat(view().path("secondsLeft").isNull()).isTrue();
        assertThat(view().path("share").isNull()).isTrue();
        progress.expect(List.of(new Stage("purify", 50), new Stage("measure V", 50)));
        progress.phase("purify", 10);
        progress.step(5);

        JsonNode view = view();
        assertThat(view.path("phase").asText()).isEqualTo("purify");
        assertThat(view.path("done").asInt()).isEqualTo(5);
        assertThat(view.path("share").asDouble()).isBetween(0.0, 1.0);
        assertThat(changes.get()).isEqualTo(3);
        assertThat(progress.log()).hasSize(2).last().asString().endsWith("s: purify");
        assertThat(view.path("secondsLeft").asDouble()).as("both stages").isGreaterThan(25);
        progress.phase("measure V", 0);
        assertThat(view().path("phase").asText()).isEqualTo("measure how mixed it is");
        assertThat(view().path("secondsLeft").asDouble()).isPositive();
    }

    @Test
    void aSeriesThatFallsBackIsMeasuredAnew() {
        progress.measured(SERIES, 0, 3);
        progress.measured(SERIES, 10, 2);
        progress.measured(SERIES, 20, Double.NaN);
        progress.measured(SERIES, 0, 4);

        JsonNode series = view().path("series");
        assertThat(series).hasSize(2);
        assertThat(series.get(0).path("points").toString()).isEqualTo("[[0.0,3.0],[10.0,2.0]]");
        assertThat(series.get(0).path("xName").asText()).isEqualTo("rows removed");
        assertThat(series.get(1).path("name").asText()).isEqualTo("V (2)");
    }

    @Test
    void aLongSeriesKeepsItsEndsAndItsCourse() {
        for (int x = 0; x < 5000; x++) {
            progress.measured(SERIES, x, -x);
        }

        JsonNode points = view().path("series").get(0).path("points");
        assertThat(points.size()).isBetween(250, 512);
        assertThat(points.get(0).get(0).asInt()).isZero();
        assertThat(points.get(points.size() - 1).get(0).asInt()).isEqualTo(4999);
    }

    @Test
    void theWishToStopIsPassedOn() {
        assertThat(progress.isCancelled()).isFalse();
        progress.cancel();
        assertThat(progress.isCancelled()).isTrue();
    }

    private JsonNode view() {
        return new ObjectMapper().valueToTree(progress.view());
    }
}
