package io.realmstream.jobs.retriever;

import static io.realmstream.jobs.retriever.IndexHarnesses.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.Shards;
import io.realmstream.jobs.retriever.freshness.FreshnessFunction;
import io.realmstream.jobs.retriever.freshness.ShardNews;
import io.realmstream.jobs.retriever.partitions.PartitionRecords;
import io.realmstream.jobs.retriever.passages.Found;
import io.realmstream.jobs.retriever.passages.Lookup;
import io.realmstream.jobs.retriever.passages.PassagesFunction;
import io.realmstream.jobs.retriever.vectors.CountedBeat;
import io.realmstream.jobs.retriever.vectors.PassageEvent;
import io.realmstream.jobs.retriever.vectors.SettledShardsFunction;
import io.realmstream.model.freshness.FreshnessClaim;
import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.version.EndedIndexes;
import io.realmstream.schemas.Hash128;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A revision whose passages come late into the cells: the one before is what answers see, and all
 * of it is found, however long that takes. assign, cells, passages and freshness, joined; time is
 * the test's.
 */
@Timeout(300)
class HeldAcksTest {
  private static final Shards SHARDS = DividedIndex.SHARDS;
  private static final String DOCUMENT = "doc";
  private static final int SHARD = SHARDS.ofDocument(DOCUMENT);

  /** In seconds: several times the delay of deletes. */
  private static final int LONG = 4 * (int) (DividedIndex.DELETE_DELAY_MS / 1_000);

  private DividedIndex index = new DividedIndex(Long.MAX_VALUE, 1);
  private final KeyedTwoInputStreamOperatorTestHarness<Integer, PassageEvent, Lookup, Found>
      passages =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new KeyedCoProcessOperator<>(new PassagesFunction(SHARDS, Duration.ofDays(1))),
              SHARDS.by(PassageEvent::shard),
              SHARDS.by(Lookup::shard),
              Types.INT);
  private final KeyedTwoInputStreamOperatorTestHarness<
          Integer, ShardNews, EndedIndexes, FreshnessClaim>
      freshness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new KeyedCoProcessOperator<>(new FreshnessFunction(SHARDS.count())),
              shard -> 0,
              news -> 0,
              Types.INT);
  private final SettledShardsFunction settled = new SettledShardsFunction(SHARDS.count());
  private long nowMs;
  private long run = 7;
  private long beats;

  HeldAcksTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    passages.open();
    freshness.open();
    pass(1);
  }

  @AfterEach
  void stop() throws Exception {
    index.close();
    passages.close();
    freshness.close();
  }

  @Test
  void theRevisionThatAnswersSeeIsFoundUntilTheNextOneCanBe() throws Exception {
    publish(1, "old");
    acknowledge();
    pass(2);
    assertThat(ask()).containsExactly("1:old");

    publish(2, "new");
    pass(LONG);
    assertThat(ask()).containsExactly("1:old");
    acknowledge();
    pass(2);
    assertThat(ask()).containsExactly("2:new");
    pass(LONG);
    assertThat(hits()).as("the old passage is gone").containsExactly(uid("new"));
  }

  @Test
  void laterRevisionsThatWaitAsWellChangeNothing() throws Exception {
    publish(1, "old");
    acknowledge();
    publish(2, "second");
    pass(LONG);
    publish(3, "third");
    pass(LONG);
    assertThat(ask()).containsExactly("1:old");
    acknowledge();
    pass(LONG);
    assertThat(ask()).containsExactly("3:third");
    assertThat(hits()).containsExactly(uid("third"));
  }

  @Test
  void whatWaitsForCentroidsTakesNothingAway() throws Exception {
    publish(1, "old");
    acknowledge();
    List<OutboundRecord> topic = partition();
    topic.forEach(index::write);
    index.pass(DividedIndex.RETIRE_DELAY_MS);
    while (!index.partitionsHeld().equals(Set.of(1))) {
      index.pass(DividedIndex.RETIRE_DELAY_MS);
    }
    DividedIndexSnapshot snapshot = index.checkpoint();
    restore(snapshot.with(snapshot.topic().subList(0, 1)));

    publish(2, "new");
    assertThat(index.takeAcks()).as("it waits").isEmpty();
    index.pass(LONG * 1_000); // first deletes, then that a chunk is lost
    assertThat(ask()).containsExactly("1:old");
    pass(LONG);
    assertThat(ask()).as("not acknowledged yet").containsExactly("1:old");
    acknowledge();
    pass(LONG);
    assertThat(ask()).containsExactly("2:new");
    assertThat(hits()).containsExactly(uid("new"));
  }

  private void restore(DividedIndexSnapshot from) throws Exception {
    DividedIndex before = index;
    index = before.restored(from, 1);
    before.close();
    run++;
  }

  /** Chunks, and the word that cells are to be filled. */
  private static List<OutboundRecord> partition() {
    float[] rows = new float[3 * (PartitionChunk.CENTROIDS + 10)];
    for (int row = 0; row < rows.length / 3; row++) {
      rows[2 * row] = (float) Math.cos(row);
      rows[2 * row + 1] = (float) Math.sin(row);
    }
    Partition partition = Partition.of(new Centroids(rows, 2), ProbeLimit.of(3));
    PartitionId id = new PartitionId(1, 1);
    List<OutboundRecord> records = new ArrayList<>();
    for (PartitionChunk chunk : PartitionChunk.of(partition)) {
      records.add(PartitionRecords.of(PartitionEvent.chunk(id, chunk)));
    }
    records.add(PartitionRecords.of(PartitionEvent.fill(id, 1, PartitionHead.of(partition, 1))));
    return records;
  }

  /** A revision of one passage reaches assign and, without its vector, passages. */
  private void publish(long revision, String text) throws Exception {
    Hash128 uid = uid(text);
    DocumentRevision edit =
        new DocumentRevision(
            revision,
            DocumentRevision.NO_EDIT,
            revision == 1 ? Outcome.ADDED : Outcome.UPDATED,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE);
    PassageVectors record =
        new PassageVectors(
            DOCUMENT,
            SHARD,
            1,
            edit,
            RecordPart.WHOLE,
            new ArrayList<>(List.of(new ManifestEntry(uid, 0, text.length()))),
            new ArrayList<>(List.of(new PassageInsert(uid, uid, text, new float[] {revision, 1}))));
    passages.processElement1(new StreamRecord<>(PassageEvent.of(record)));
    index.accept(record);
  }

  private static Hash128 uid(String text) {
    return Hash128.ofTexts(text);
  }

  /** What the cells have acknowledged so far reaches passages. */
  private void acknowledge() throws Exception {
    for (Ack ack : index.takeAcks()) {
      passages.processElement1(new StreamRecord<>(PassageEvent.of(ack)));
    }
  }

  /** Lets so many seconds pass, with a heartbeat in each and a mark behind it. */
  private void pass(int seconds) throws Exception {
    for (int second = 0; second < seconds; second++) {
      nowMs += 1_000;
      index.pass(1_000);
      passages.setProcessingTime(nowMs);
      beat();
      for (ShardNews word : take(passages, PassagesFunction.NEWS)) {
        freshness.processElement1(new StreamRecord<>(word));
      }
      freshness.setProcessingTime(nowMs);
      List<PassageEvent> words = new ArrayList<>();
      for (OutboundRecord mark : take(freshness, FreshnessFunction.MARKS)) {
        settled.flatMap(
            Codecs.FRESHNESS.decode(Objects.requireNonNull(mark.value())),
            new ListCollector<>(words));
      }
      for (PassageEvent word : words) {
        index.hear(word);
      }
    }
  }

  private void beat() throws Exception {
    BeatPosition position = new BeatPosition(run, ++beats);
    Instant through = Instant.ofEpochMilli(nowMs);
    Heartbeat beat = new Heartbeat(1, 0, 1, through, 1, SHARDS.count(), List.of(), List.of());
    for (int shard : SHARDS.all()) {
      index.hear(PassageEvent.of(new CountedBeat(position, beats, null), shard));
      passages.processElement1(
          new StreamRecord<>(PassageEvent.of(new CountedBeat(position, beats, beat), shard)));
    }
  }

  /** What a question about all of it is answered from. */
  private List<String> ask() throws Exception {
    passages.getOutput().clear();
    passages.processElement2(
        new StreamRecord<>(new Lookup("q", 0, 1, SHARD, hits(), nowMs + 1, Long.MIN_VALUE)));
    return passages.extractOutputValues().get(0).passages().stream()
        .map(passage -> passage.quoted().revision() + ":" + passage.quoted().text())
        .toList();
  }

  private List<Hash128> hits() throws Exception {
    DividedIndex.Found found = index.find(new float[] {1, 1}, 10, true, null);
    assertThat(found.routed().exact()).isTrue();
    return found.hits().stream().map(Hit::uid).toList();
  }
}
