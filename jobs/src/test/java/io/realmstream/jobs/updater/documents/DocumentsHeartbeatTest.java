package io.realmstream.jobs.updater.documents;

import static io.realmstream.jobs.updater.documents.DocumentsHarness.MODELS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.SHARDS;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.longText;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.proposed;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.ready;
import static io.realmstream.jobs.updater.documents.DocumentsHarness.upsert;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.second;
import static io.realmstream.jobs.updater.documents.DocumentsVersionsTest.withRawVectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.jobs.updater.documents.DocumentsHarness.Place;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.freshness.PartitionRead;
import io.realmstream.model.freshness.ReadThrough;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class DocumentsHeartbeatTest {

  @Test
  void heartbeatStopsBeforeTheEarliestEditNotPublishedElseAtWhatIsRead() throws Exception {
    try (DocumentsHarness documents = ready()) {
      read(documents, 1, 0, 900);
      documents.time(1_000);
      documents.edit(upsert("a", 1, longText("x")), 500);
      documents.time(2_000);
      documents.finish();
      documents.time(3_000);

      List<Heartbeat> beats = documents.of(Heartbeat.class);
      assertThat(beats)
          .extracting(beat -> beat.through().toEpochMilli())
          .containsExactly(900L, 900L, 900L, 499L, 499L, 499L, 900L, 900L, 900L);
      assertThat(beats).allSatisfy(beat -> assertThat(beat.run()).isEqualTo(7));
    }
  }

  @Test
  void nobodyWaitsForAVersionThatIsStillBeingWalked() throws Exception {
    VersionTable paused = proposed(second(withRawVectors()), 2, VersionState.PAUSED);
    SharedModels<Encoder>.Lease open = openSecond();
    try (DocumentsHarness documents = ready()) {
      read(documents, 1, 0, 900);
      documents.versions(paused, Place.ALONE);

      assertThat(throughBehindThePublished(documents)).isEqualTo(900);
      documents.await(() -> !DocumentsVersionsTest.of(documents, 2).isEmpty());
    }
    open.close();
  }

  @Test
  void whatNoWalkWillFindIsWaitedFor() throws Exception {
    SharedModels<Encoder>.Lease open = openSecond();
    try (DocumentsHarness documents = ready()) {
      read(documents, 1, 0, 900);
      documents.versions(second(withRawVectors()), Place.ALONE);
      documents.await(() -> DocumentsVersionsTest.complete(documents, 2) == SHARDS);

      assertThat(throughBehindThePublished(documents)).isEqualTo(499);
      documents.await(() -> !DocumentsVersionsTest.of(documents, 2).isEmpty());
      assertThat(through(documents)).isEqualTo(900);
    }
    open.close();
  }

  /** Opens the second version's encoder, so that an edit meets both versions. */
  private static SharedModels<Encoder>.Lease openSecond() {
    SharedModels<Encoder>.Lease open = MODELS.encoder(withRawVectors().documentTower());
    open.model().join();
    return open;
  }

  /** Where a beat stands when an edit is in the ACTIVE version and not yet in the second. */
  private static long throughBehindThePublished(DocumentsHarness documents) throws Exception {
    documents.edit(upsert("a", 1, "A text."), 500);
    documents.await(() -> !DocumentsVersionsTest.of(documents, 1).isEmpty());
    assertThat(DocumentsVersionsTest.of(documents, 2)).isEmpty();
    return through(documents);
  }

  private static long through(DocumentsHarness documents) throws Exception {
    int before = documents.of(Heartbeat.class).size();
    documents.time(1_000L * (before + 1));
    List<Heartbeat> beats = documents.of(Heartbeat.class);
    assertThat(beats).hasSizeGreaterThan(before);
    return beats.get(beats.size() - 1).through().toEpochMilli();
  }

  @Test
  void nothingIsClaimedUntilEachPartitionHasAReaderThatKnows() throws Exception {
    try (DocumentsHarness documents = ready()) {
      assertThat(lastThrough(documents, 1_000)).isEqualTo(Heartbeat.NOTHING);

      read(documents, 2, 0, 900);
      assertThat(lastThrough(documents, 2_000)).isEqualTo(Heartbeat.NOTHING);

      read(documents, 2, 1, 800);
      assertThat(lastThrough(documents, 3_000)).isEqualTo(Instant.ofEpochMilli(800));
    }
  }

  /** A partition that was added to the documents topic, and that nobody reads yet. */
  @Test
  void partitionWithoutAReaderHoldsTheClaim() throws Exception {
    try (DocumentsHarness documents = ready()) {
      read(documents, 1, 0, 900);
      read(documents, 2, 0, 5_900);
      assertThat(lastThrough(documents, 6_000)).isEqualTo(Instant.ofEpochMilli(900));

      read(documents, 2, 1, 6_100);
      assertThat(lastThrough(documents, 7_000)).isEqualTo(Instant.ofEpochMilli(5_900));
    }
  }

  @Test
  void heartbeatTellsPartitionsAndOffsets() throws Exception {
    try (DocumentsHarness documents = ready()) {
      documents.edit(upsert("a", 1, "A text."), 500);
      read(documents, 2, 1, 900);
      documents.time(1_000);

      assertThat(documents.of(Heartbeat.class))
          .hasSize(DocumentsHarness.PARTITIONS)
          .allSatisfy(
              beat -> {
                assertThat(beat.partitions()).isEqualTo(DocumentsHarness.PARTITIONS);
                assertThat(beat.documents()).containsExactly(-1L, 1L);
              });
    }
  }

  /** A shard that moved could be read from its new partition before the rest of its old one. */
  @Test
  void stateGoesOnWithThePartitionsThatItHasWritten() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = ready()) {
      state = documents.snapshot();
    }
    try (DocumentsHarness documents =
        DocumentsHarness.open(Place.ALONE, DocumentsHarness.PARTITIONS + 2, state)) {
      documents.versions(DocumentsHarness.table(), Place.ALONE);
      for (int i = 0; i < 20; i++) {
        documents.edit(upsert("document " + i, 1, "A text."), 500);
      }
      documents.finish();
      documents.time(1_000);

      assertThat(documents.outbound())
          .allSatisfy(
              record -> assertThat(record.partition()).isLessThan(DocumentsHarness.PARTITIONS));
      assertThat(documents.of(Heartbeat.class))
          .isNotEmpty()
          .allSatisfy(beat -> assertThat(beat.partitions()).isEqualTo(DocumentsHarness.PARTITIONS));
    }
  }

  @Test
  void stateOfMorePartitionsThanThereAreIsRefused() throws Exception {
    OperatorSubtaskState state;
    try (DocumentsHarness documents = ready()) {
      state = documents.snapshot();
    }

    assertThatThrownBy(
            () -> DocumentsHarness.open(Place.ALONE, DocumentsHarness.PARTITIONS - 1, state))
        .hasMessageContaining("wrote 3 partitions of the vectors topic, which has 2");
  }

  /** A documents topic of so many partitions, of which one has been read through to a time. */
  static void read(DocumentsHarness documents, int partitions, int partition, long throughMs)
      throws Exception {
    ReadThrough said =
        new ReadThrough(partitions, List.of(new PartitionRead(partition, 1, throughMs)));
    StreamRecord<ShardEdit> element = new StreamRecord<>(ShardEdit.through(0, said));
    documents.operator().setKeyContextElement1(element);
    documents.operator().processElement1(element);
  }

  private static Instant lastThrough(DocumentsHarness documents, long timeMs) throws Exception {
    documents.time(timeMs);
    List<Heartbeat> beats = documents.of(Heartbeat.class);
    return beats.get(beats.size() - 1).through();
  }
}
