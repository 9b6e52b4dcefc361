package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreTimesThatOccurred() {
    Latencies latencies = new Latencies();
    for (int ms = 200; ms >= 1; ms--) {
      latencies.add("read", ms);
    }
    latencies.add("embed", 7);
    assertThat(latencies.percentiles())
        .isEqualTo(
            Map.of(
                "read", new Percentiles(200, 100.5, 100, 180, 198, 200),
                "embed", new Percentiles(1, 7, 7, 7, 7, 7)));
  }

  @Test
  void noTimesHaveNoPercentiles() {
    assertThat(new Latencies().percentiles()).isEmpty();
  }
}
