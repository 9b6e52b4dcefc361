package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.wikipedia.Bookmark.Target;
import io.realmstream.deploy.wikipedia.audit.AuditFiles.Scope;
import io.realmstream.deploy.wikipedia.audit.SweepProgress.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditFilesTest {
  private static final Target HERE = new Target("here", "topic");
  private static final String API = "https://en.wikipedia.org/w/api.php";
  private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

  private final Path folder;

  AuditFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private AuditFiles files(String wiki, Integer... namespaces) {
    return AuditFiles.of(folder, HERE, new Scope(wiki, API, List.of(namespaces)));
  }

  private static Sweep sweep(Instant began, Integer... namespaces) {
    return new Sweep(began, List.of(namespaces), 0, "next");
  }

  @Test
  void wikisAreVerifiedOnceASweepOfThemHasEnded() throws IOException {
    files("enwiki", 0).open().ended(sweep(APRIL, 0));
    files("dewiki", 0).open().keep(sweep(APRIL, 0));
    assertThat(AuditFiles.verified(folder, HERE)).isEqualTo(Map.of("enwiki", APRIL));
  }

  @ParameterizedTest
  @CsvSource({
    "other, topic, https://en.wikipedia.org/w/api.php, 0",
    "here, other, https://en.wikipedia.org/w/api.php, 0",
    "here, topic, https://mirror.example.org/w/api.php, 0",
    "here, topic, https://en.wikipedia.org/w/api.php, 1",
  })
  void anAuditOfTheSameWikiWithAnotherSettingTakesNoFileOfThisOne(
      String cluster, String topic, String address, int namespace) throws IOException {
    Sweep mine = sweep(APRIL, 0);
    files("enwiki", 0).open().keep(mine);
    AuditFiles others =
        AuditFiles.of(
            folder, new Target(cluster, topic), new Scope("enwiki", address, List.of(namespace)));
    SweepProgress other = others.open();
    assertThat(other.sweep(List.of(namespace))).isNull();
    other.met(7);
    other.keep(sweep(MAY, namespace));
    other.ended(sweep(MAY, namespace));
    assertThat(files("enwiki", 0).open().sweep(List.of(0))).isEqualTo(mine);
  }

  @Test
  void theOrderOfTheNamespacesDoesNotMatter() {
    assertThat(files("enwiki", 4, 0, 4)).isEqualTo(files("enwiki", 0, 4));
    assertThat(new Scope("enwiki", API, List.of(4, 0, 4)).namespaces()).containsExactly(0, 4);
  }

  /** Of articles the sweep of May counts; the other pages were met in April. */
  @Test
  void theNamespaceThatWasListedLongestAgoCounts() throws IOException {
    files("enwiki", 0, 4).open().ended(sweep(APRIL, 0, 4));
    files("enwiki", 0).open().ended(sweep(MAY, 0));
    assertThat(AuditFiles.verified(folder, HERE)).isEqualTo(Map.of("enwiki", APRIL));
    files("enwiki", 4).open().ended(sweep(MAY, 4));
    assertThat(AuditFiles.verified(folder, HERE)).isEqualTo(Map.of("enwiki", MAY));
  }

  @Test
  void whatIsOfAnotherClusterOrNoFileOfAnAuditSaysNothing() throws IOException {
    AuditFiles.of(folder, new Target("there", "topic"), new Scope("enwiki", API, List.of(0)))
        .open()
        .ended(sweep(APRIL, 0));
    Path damaged = files("dewiki", 0).bookmark();
    Files.writeString(damaged, "{");
    assertThat(Objects.requireNonNull(damaged.getFileName()).toString())
        .matches("audit-dewiki-0-[0-9a-f]{8}\\.json");
    Files.writeString(folder.resolve("live-enwiki.json"), "{}");
    assertThat(AuditFiles.verified(folder, HERE)).isEmpty();
    assertThat(AuditFiles.verified(folder.resolve("none"), HERE)).isEmpty();
  }
}
