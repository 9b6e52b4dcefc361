package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.wikipedia.Bookmark.Target;
import io.realmstream.deploy.wikipedia.audit.SweepProgress.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {
  private static final Target HERE = new Target("here", "topic");
  private static final Sweep SWEEP =
      new Sweep(Instant.parse("2026-04-01T00:00:00Z"), List.of(0), 1, null);

  private final Path folder;

  AuditFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void wikisAreVerifiedOnceASweepOfThemHasEnded() throws IOException {
    AuditFiles.of(folder, "enwiki").open(HERE).ended(SWEEP);
    AuditFiles.of(folder, "dewiki").open(HERE).keep(SWEEP);
    assertThat(AuditFiles.verified(folder, HERE)).isEqualTo(Map.of("enwiki", SWEEP.began()));
  }

  @Test
  void whatIsOfAnotherClusterOrNoFileOfAnAuditSaysNothing() throws IOException {
    AuditFiles.of(folder, "enwiki").open(new Target("there", "topic")).ended(SWEEP);
    Files.writeString(folder.resolve("audit-dewiki.json"), "{");
    Files.writeString(folder.resolve("live-enwiki.json"), "{}");
    assertThat(AuditFiles.verified(folder, HERE)).isEmpty();
    assertThat(AuditFiles.verified(folder.resolve("none"), HERE)).isEmpty();
  }
}
