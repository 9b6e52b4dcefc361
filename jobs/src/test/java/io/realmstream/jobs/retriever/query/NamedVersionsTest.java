package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamedVersionsTest {
  private final NamedVersions versions = new NamedVersions(StampHarness.MODELS, 16);

  @AfterEach
  void close() {
    versions.close();
  }

  @Test
  void versionServesOnceItsModelsAreOpen() throws Exception {
    VersionTable table = table(entry(1, VersionState.READY));
    while (versions.get(1, table, 0).version() == null) {
      assertThat(versions.get(1, table, 0).refusal()).isIn(null, "version 1 is being opened");
      TimeUnit.MILLISECONDS.sleep(1);
    }

    ServedVersion served = Objects.requireNonNull(versions.get(1, table, 0).version());
    assertThat(served.entry()).isEqualTo(table.get(1));
    assertThat(served.isOpen()).isTrue();
  }

  @Test
  void versionThatIsNotBuiltOrGoneIsRefusedWithItsState() {
    VersionTable table =
        table(
            entry(1, VersionState.RETIRED),
            entry(2, VersionState.REFUSED),
            entry(3, VersionState.PAUSED),
            entry(4, VersionState.BUILDING));

    assertThat(refusal(1, table)).isEqualTo("version 1 is RETIRED");
    assertThat(refusal(2, table)).isEqualTo("version 2 is REFUSED");
    assertThat(refusal(3, table)).isEqualTo("version 3 is PAUSED");
    assertThat(refusal(4, table)).isEqualTo("version 4 is BUILDING");
    assertThat(refusal(5, table)).isEqualTo("there is no version 5");
    assertThat(versions.count()).isZero();
  }

  @Test
  void whatKeepsAVersionFromServingIsSaidUntilItIsTriedAgain() throws Exception {
    VersionEntry entry =
        new VersionEntry(
            1,
            1,
            VersionState.READY,
            true,
            StampFunctionTest.unopenable(),
            null,
            Instant.EPOCH,
            null);
    VersionTable table = table(entry);
    while (refusal(1, table).equals("version 1 is being opened")) {
      TimeUnit.MILLISECONDS.sleep(1);
    }

    assertThat(refusal(1, table)).startsWith("version 1 cannot be opened: ");
    String before = versions.get(1, table, NamedVersions.RETRY_MS - 1).refusal();
    assertThat(before).startsWith("version 1 cannot be opened: ");
    assertThat(versions.count()).isEqualTo(1);
  }

  @Test
  void modelsThatNobodyAsksForAreClosed() {
    VersionTable table = table(entry(1, VersionState.READY), entry(2, VersionState.ACTIVE));
    versions.get(1, table, 0);
    versions.get(2, table, 10);
    versions.closeIdle(NamedVersions.IDLE_MS);
    assertThat(versions.count()).isEqualTo(2);

    versions.closeIdle(NamedVersions.IDLE_MS + 1);
    assertThat(versions.count()).isEqualTo(1);
    versions.get(2, table, NamedVersions.IDLE_MS);
    versions.closeIdle(2 * NamedVersions.IDLE_MS);
    assertThat(versions.count()).isEqualTo(1);
  }

  @Test
  void onlySoManyAreOpenAtOnce() {
    List<VersionEntry> entries = new ArrayList<>();
    for (int number = 1; number <= NamedVersions.OPEN_MAX + 1; number++) {
      entries.add(entry(number, VersionState.READY));
    }
    VersionTable table = new VersionTable(entries, List.of());
    for (int number = 1; number <= NamedVersions.OPEN_MAX; number++) {
      assertThat(versions.get(number, table, number).refusal()).doesNotContain("questions name");
    }

    assertThat(refusal(NamedVersions.OPEN_MAX + 1, table))
        .isEqualTo("questions name 4 other versions at present");
    versions.closeIdle(NamedVersions.IDLE_MS + 2);
    assertThat(refusal(NamedVersions.OPEN_MAX + 1, table)).doesNotContain("questions name");
  }

  private String refusal(int number, VersionTable table) {
    return Objects.requireNonNullElse(versions.get(number, table, 0).refusal(), "");
  }

  private static VersionTable table(VersionEntry... entries) {
    return new VersionTable(List.of(entries), List.of());
  }

  private static VersionEntry entry(int number, VersionState state) {
    RetrieverCheckpoint checkpoint = StampHarness.CHECKPOINT;
    return new VersionEntry(number, number, state, true, checkpoint, null, Instant.EPOCH, null);
  }
}
