package io.realmstream.model.updating.reuse;

import static io.realmstream.model.updating.TestVersions.proposed;
import static io.realmstream.schemas.version.VersionState.ACTIVE;
import static io.realmstream.schemas.version.VersionState.BUILDING;
import static io.realmstream.schemas.version.VersionState.READY;
import static io.realmstream.schemas.version.VersionState.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.state.HeapTable;
import io.realmstream.model.state.HeapValue;
import io.realmstream.model.updating.TestEdits;
import io.realmstream.model.updating.reuse.TrunkOutputs.Gain;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrunkOutputsTest {
  private static final VersionTable ALONE = proposed(VersionTable.EMPTY, 1, BUILDING);
  private static final VersionTable SERVING = proposed(ALONE, 1, READY, ACTIVE);
  private static final VersionTable SAME_TRUNK = proposed(SERVING, 2, BUILDING);
  private static final VersionTable OTHER_TRUNK = withOtherTrunk();
  private static final Hash128 A = new Hash128(0, 1);
  private static final Hash128 B = new Hash128(0, 2);
  private static final TrunkOutput OUTPUT = new TrunkOutput(new float[] {1}, false, 1);

  private final HeapTable<DocumentInVersion, PublishedDocument> published = HeapTable.byText();
  private final TrunkOutputs outputs =
      new TrunkOutputs(
          HeapTable.byText(),
          published,
          new DroppedPassages(
              new DroppedPassages.Tables(new HeapTable<>(), new HeapTable<>(), new HeapValue<>()),
              new ReuseLimits(100, Duration.ofDays(1)),
              () -> 0));

  @Test
  void outputsOfOneVersionServeAnotherOfTheSameTrunk() {
    publish(1, A);
    gain(1, A);

    assertThat(outputs.of(SAME_TRUNK, "d", 2).live()).containsOnlyKeys(A);
    assertThat(outputs.get(SAME_TRUNK, 2, A)).isSameAs(OUTPUT);
    assertThat(outputs.of(OTHER_TRUNK, "d", 2).live()).isEmpty();
    assertThat(outputs.get(OTHER_TRUNK, 2, A)).isNull();
  }

  @Test
  void onlyPassagesThatTheDocumentHasAreKnownOfIt() {
    publish(1, A);
    gain(1, A, B);

    assertThat(outputs.of(SERVING, "d", 1).live()).containsOnlyKeys(A);
    assertThat(outputs.of(SERVING, "e", 1)).isEqualTo(KnownOutputs.NONE);
  }

  @Test
  void passageThatIsRemovedIsKnownAsDroppedUntilItIsBack() {
    gain(1, A, B);
    outputs.keep(SERVING, document(1), new Gain(Map.of(), List.of(A)));
    assertThat(outputs.get(SERVING, 1, A)).isNull();
    assertThat(outputs.get(SERVING, 1, B)).isSameAs(OUTPUT);
    assertThat(outputs.of(SERVING, "d", 1).dropped()).containsOnlyKeys(A);

    gain(1, A);
    assertThat(outputs.of(SERVING, "d", 1).dropped()).isEmpty();
    assertThat(outputs.get(SERVING, 1, A)).isSameAs(OUTPUT);
  }

  @Test
  void deletedDocumentDropsWhatWasPublishedOfIt() {
    gain(1, A, B);
    outputs.drop(SERVING, document(1));
    assertThat(outputs.get(SERVING, 1, A)).as("not published").isNotNull();

    publish(1, A, B);
    outputs.drop(SERVING, document(1));
    assertThat(outputs.get(SERVING, 1, A)).isNull();
    assertThat(outputs.of(SERVING, "d", 1).dropped()).containsOnlyKeys(A, B);
  }

  @Test
  void passagesOfAVersionThatGoesAwayAreNotReused() {
    publish(1, A);
    gain(1, A, B);
    outputs.forget(SERVING, 1, published.get(document(1)));
    outputs.forget(SERVING, 1, null);

    assertThat(outputs.get(SERVING, 1, A)).isNull();
    assertThat(outputs.get(SERVING, 1, B)).isNotNull();
    assertThat(outputs.of(SERVING, "d", 1).dropped()).isEmpty();
  }

  @Test
  void outputsGoWithTheLastVersionOfTheirTrunk() {
    assertThat(outputs.areToGo(ALONE, 1)).isTrue();
    assertThat(outputs.areToGo(OTHER_TRUNK, 1)).isTrue();
    assertThat(outputs.areToGo(SAME_TRUNK, 1)).isFalse();
    assertThat(outputs.areToGo(SAME_TRUNK, 3)).as("no longer in the table").isFalse();
  }

  @Test
  void outputsOfARefusedVersionGoThoughAnotherHasItsTrunk() {
    assertThat(outputs.areToGo(proposed(SAME_TRUNK, 2, REFUSED), 2)).isTrue();
  }

  @Test
  void versionThatIsNotInTheTableHasNoTrunk() {
    assertThatThrownBy(() -> outputs.of(SERVING, "d", 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("version 2 is not in the table");
  }

  private void gain(int version, Hash128... uids) {
    Map<Hash128, TrunkOutput> gained = new HashMap<>();
    Stream.of(uids).forEach(uid -> gained.put(uid, OUTPUT));
    outputs.keep(SERVING, document(version), new Gain(gained, List.of()));
  }

  private void publish(int version, Hash128... uids) {
    PublishedDocument plain = TestEdits.published(TestEdits.upsert("d", 1, "A text."));
    List<ManifestEntry> manifest =
        Stream.of(uids).map(uid -> new ManifestEntry(uid, 0, 1)).toList();
    published.put(
        document(version),
        new PublishedDocument(plain.handled(), plain.published(), manifest, List.of()));
  }

  private static DocumentInVersion document(int version) {
    return new DocumentInVersion("d", version);
  }

  private static VersionTable withOtherTrunk() {
    VersionTable.Step step =
        SERVING.apply(
            new VersionProposal(
                "other trunk",
                2,
                new StateChange(null, BUILDING),
                "test",
                null,
                DefaultCheckpoints.e5(),
                null,
                Instant.EPOCH));
    assertThat(step.ignored()).isNull();
    return step.table();
  }
}
