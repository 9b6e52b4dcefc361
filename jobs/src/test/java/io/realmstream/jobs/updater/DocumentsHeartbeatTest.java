package io.realmstream.jobs.updater;

import static io.realmstream.jobs.updater.DocumentsHarness.longText;
import static io.realmstream.jobs.updater.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.DocumentsHarness.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.vectors.Heartbeat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsHeartbeatTest {

  @Test
  void heartbeatNamesTheEarliestEditNotPublishedElseTheWatermark() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.watermark(900);
      documents.time(1_000);
      documents.edit(upsert("a", 1, longText("x")), 500);
      documents.time(2_000);
      documents.finish();
      documents.time(3_000);

      List<Heartbeat> beats = documents.of(Heartbeat.class);
      assertThat(beats)
          .extracting(beat -> beat.through().toEpochMilli())
          .containsExactly(900L, 900L, 900L, 500L, 500L, 500L, 900L, 900L, 900L);
      assertThat(beats).allSatisfy(beat -> assertThat(beat.run()).isEqualTo(7));
    }
  }

  @Test
  void heartbeatIsSilentUntilTheSourceHasSpoken() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.time(5_000);

      assertThat(documents.of(Heartbeat.class)).isEmpty();
    }
  }
}
