package io.realmstream.jobs.updater.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.OperatorMetrics;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordedMetrics;
import io.realmstream.jobs.Refusals;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.schemas.DeadLetterHeaders;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.VectorRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentsOutputTest {
  /** Shards 0, 3 and 6 are on partition 0, shards 1, 4 and 7 on partition 1, the others on 2. */
  private static final int PARTITIONS = 3;

  private final RecordedMetrics metrics = new RecordedMetrics();
  private OneInputStreamOperatorTestHarness<Integer, OutboundRecord> harness;
  private DocumentsOutput output;

  @BeforeEach
  void open() throws Exception {
    harness = new OneInputStreamOperatorTestHarness<>(new Idle());
    harness.open();
    OperatorMetrics group = new OperatorMetrics(metrics);
    output =
        new DocumentsOutput(
            ((Idle) harness.getOperator()).output(),
            new Refusals("documents", group, DeadLetters.Reason.EMBEDDING),
            new UpdaterMetrics(group),
            TestSettings.of(PARTITIONS, 100, TestSettings.REUSE));
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void allOfAShardGoesToOnePartitionNumberedInItsOrder() throws Exception {
    output.begin(4, 9, null);
    output.vectors(document("a", 4, 1), false);
    output.shard(4, new ShardComplete(1, 4));
    output.vectors(document("b", 4, 1), true);
    assertThat(harness.extractOutputValues()).extracting(OutboundRecord::partition).containsOnly(1);
    assertThat(records())
        .extracting(VectorRecord::position)
        .containsExactly(at(4, 9, 1), at(4, 9, 2), at(4, 9, 3));
    assertThat(records()).extracting(VectorRecord::again).containsExactly(false, false, true);
    assertThat(harness.extractOutputValues())
        .extracting(record -> new String(Objects.requireNonNull(record.key()), UTF_8))
        .containsExactly("a", "", "b");
  }

  @Test
  void eachShardIsNumberedByItself() throws Exception {
    output.begin(0, 9, null);
    output.begin(3, 9, null);
    output.vectors(document("a", 0, 1), false);
    output.vectors(document("b", 3, 1), false);
    assertThat(records())
        .extracting(VectorRecord::position)
        .containsExactly(at(0, 9, 1), at(3, 9, 1));
  }

  @Test
  void firstRecordOfARunNamesTheLastOneOfTheRunBefore() throws Exception {
    output.begin(4, 9, at(4, 8, 17));
    assertThat(output.last(4)).isEqualTo(at(4, 8, 17));
    output.vectors(document("a", 4, 1), false);
    output.vectors(document("b", 4, 1), false);
    assertThat(records()).extracting(VectorRecord::follows).containsExactly(at(4, 8, 17), null);
    assertThat(output.last(4)).isEqualTo(at(4, 9, 2));
  }

  /** Each of its parts is a record with a number of its own. */
  @Test
  void largeDocumentIsCutAndItsLastPartCommits() throws Exception {
    output.begin(4, 9, null);
    output.vectors(document("a", 4, 3), false);
    assertThat(records()).hasSize(3);
    assertThat(records()).extracting(VectorRecord::position).last().isEqualTo(at(4, 9, 3));
    assertThat(records())
        .extracting(record -> ((PassageVectors) record.message()).part().commits())
        .containsExactly(false, false, true);
  }

  @Test
  void heartbeatGoesToEveryPartitionWithTheLastRecordsOfItsShards() throws Exception {
    output.begin(0, 9, at(0, 8, 5));
    output.begin(3, 9, null);
    output.begin(4, 9, null);
    output.begin(6, 9, null);
    output.shard(3, new ShardComplete(1, 3));
    harness.getOutput().clear();
    output.beat(new Heartbeat(9, 0, 1, Heartbeat.NOTHING, 1, 8, List.of(), List.of()));
    assertThat(harness.extractOutputValues())
        .extracting(OutboundRecord::partition)
        .containsExactly(0, 1, 2);
    assertThat(records()).extracting(VectorRecord::position).containsOnlyNulls();
    assertThat(records())
        .extracting(record -> ((Heartbeat) record.message()).last())
        .containsExactly(List.of(at(0, 8, 5), at(3, 9, 1)), List.of(), List.of());
  }

  @Test
  void shardOfAnotherSubtaskIsRefused() {
    output.begin(4, 9, null);
    assertThatThrownBy(() -> output.shard(5, new ShardComplete(1, 5)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("shard of another subtask");
    assertThatThrownBy(() -> output.last(5)).hasMessage("shard of another subtask");
  }

  @Test
  void deadLetterHoldsTheEditAndNamesTheRecordThatItWasReadFrom() throws Exception {
    DocumentEdit edit = DocumentsHarness.upsert("a", 5, "text");
    output.deadLetter(new ReceivedEdit(edit, 4, 2, 77, 1, Instant.EPOCH), "no such word");
    OutboundRecord letter = harness.getSideOutput(DeadLetters.TAG).element().getValue();
    assertThat(letter.key()).isEqualTo("a".getBytes(UTF_8));
    assertThat(Codecs.DOCUMENT_EDIT.decode(Objects.requireNonNull(letter.value()))).isEqualTo(edit);
    assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("documents");
    assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("2");
    assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("77");
    assertThat(header(letter, DeadLetterHeaders.CLASS)).isEqualTo("EMBEDDING");
    assertThat(header(letter, DeadLetterHeaders.MESSAGE)).isEqualTo("no such word");
    assertThat(metrics.value("realm.reason.EMBEDDING.deadLetters")).isEqualTo(1);
  }

  @Test
  void outcomesAreCounted() {
    output.count(Outcome.ADDED);
    output.countPendingRepeat();
    output.countRepublished();
    output.countSelfCheckFailed();
    assertThat(metrics.value("realm.outcome.added.documents")).isEqualTo(1);
    assertThat(metrics.value("realm.pendingRepeatsIgnored")).isEqualTo(1);
    assertThat(metrics.value("realm.documentsRepublished")).isEqualTo(1);
    assertThat(metrics.value("realm.selfChecksFailed")).isEqualTo(1);
  }

  private List<VectorRecord> records() throws Exception {
    List<VectorRecord> records = new ArrayList<>();
    for (OutboundRecord record : harness.extractOutputValues()) {
      records.add(VectorMessageCodec.read(Objects.requireNonNull(record.value())));
    }
    return records;
  }

  private static String header(OutboundRecord letter, String key) {
    return letter.headers().stream()
        .filter(header -> header.key().equals(key))
        .map(header -> new String(header.value(), UTF_8))
        .findFirst()
        .orElseThrow();
  }

  private static ShardPosition at(int shard, long run, long number) {
    return new ShardPosition(shard, run, number);
  }

  /** Of that many passages, of which no two fit into one part. */
  private static PassageVectors document(String id, int shard, int passages) {
    List<ManifestEntry> manifest = new ArrayList<>();
    List<PassageInsert> inserts = new ArrayList<>();
    String text = passages == 1 ? "text" : "t".repeat(400_000);
    for (int i = 0; i < passages; i++) {
      Hash128 uid = new Hash128(0, i);
      manifest.add(new ManifestEntry(uid, i, i + 1));
      inserts.add(new PassageInsert(uid, uid, text, new float[] {1}));
    }
    return new PassageVectors(
        id,
        shard,
        1,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        manifest,
        inserts);
  }

  /** Lends its output. */
  private static final class Idle extends AbstractStreamOperator<OutboundRecord>
      implements OneInputStreamOperator<Integer, OutboundRecord> {
    private static final long serialVersionUID = 1L;

    Output<StreamRecord<OutboundRecord>> output() {
      return output;
    }

    @Override
    public void processElement(StreamRecord<Integer> record) {}
  }
}
