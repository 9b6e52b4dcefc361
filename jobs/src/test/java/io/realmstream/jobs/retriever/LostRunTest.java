package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionCodec;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A run that crashes before its next checkpoint has published what the next run's state does not
 * know. Wherever it crashed, every exact answer is that of a plain loop, and in the end one
 * partition serves and is alone.
 */
@Timeout(600)
class LostRunTest {
  private static final int DIMENSION = 8;
  private static final int PASSAGES_MIN = 40;

  /** Enough for a second partition. */
  private static final int PASSAGES = 4 * PASSAGES_MIN + 10;

  private static final int SLICE = 10;
  private static final long QUIET_MS = 2 * DividedIndex.RETIRE_DELAY_MS;

  private final List<Hash128> uids = new ArrayList<>();
  private final Map<Hash128, float[]> vectors = new HashMap<>();

  /** A checkpoint, and how many passages had been published before it. */
  private record Saved(DividedIndexSnapshot snapshot, int passages) {}

  LostRunTest() {
    Random random = new Random(3);
    for (int i = 0; i < PASSAGES; i++) {
      float[] vector = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      Hash128 uid = Hash128.ofTexts("document " + i, "text");
      uids.add(uid);
      vectors.put(uid, vector);
    }
  }

  @Test
  void whereverARunCrashedTheNextOneEndsWithOnePartitionAlone() throws Exception {
    Map<String, Saved> checkpoints = new LinkedHashMap<>();
    DividedIndex first = new DividedIndex(PASSAGES_MIN, 1);
    first.pass(1);
    run(first, 0, checkpoints);
    List<OutboundRecord> topic = first.topic();
    first.close();
    assertThat(kinds(topic)).contains("CHUNK 1", "FILL 1", "SERVE 1", "ALONE 1", "ALONE 2");
    assertThat(checkpoints).hasSizeGreaterThanOrEqualTo(8);

    int crashes = 0;
    for (Saved saved : checkpoints.values()) {
      for (int end = saved.snapshot().read(); end <= topic.size(); end++) {
        crashes++;
        goOn(first, saved, topic.subList(0, end));
      }
    }
    assertThat(crashes).isGreaterThan(30);
  }

  @Test
  void crashBehindSomeOfTheChunksIsTrainedAgain() throws Exception {
    DividedIndex first = new DividedIndex(PASSAGES_MIN, 1);
    first.pass(1);
    for (int i = 0; i < PASSAGES_MIN; i++) {
      publish(first, i);
    }
    DividedIndexSnapshot training = first.checkpoint();
    first.close();
    float[] rows = new float[(PartitionChunk.CENTROIDS + 44) * (DIMENSION + 1)];
    Partition lost = Partition.of(new Centroids(rows, DIMENSION), ProbeLimit.of(3));
    PartitionChunk chunk = PartitionChunk.of(lost).get(1);
    PartitionId id = new PartitionId(1, 1);
    OutboundRecord record =
        OutboundRecord.byKey(
            PartitionCodec.key(Kind.CHUNK, id, 1),
            PartitionCodec.encode(PartitionEvent.chunk(id, chunk)));
    goOn(first, new Saved(training, PASSAGES_MIN), List.of(record));
  }

  @Test
  void anotherRunsWordOfItsCellsIsNotFollowed() throws Exception {
    DividedIndex index = new DividedIndex(PASSAGES_MIN, 1);
    index.pass(1);
    for (int i = 0; i < PASSAGES_MIN; i++) {
      publish(index, i);
    }
    DividedIndexSnapshot training = index.checkpoint();
    until(index, "SERVE 1");
    List<OutboundRecord> topic = index.topic();
    index.close();

    DividedIndex next = index.restored(training.with(topic), 1);
    next.pass(0);
    assertThat(next.find(vector(uids.get(0)), 3, true, null).partition()).isEqualTo("flat-4");
    assertExact(next, PASSAGES_MIN);
    next.close();
  }

  @Test
  void versionThatEndedInALostRunAnswersUntilItsEndComesAgain() throws Exception {
    DividedIndex index = new DividedIndex(PASSAGES_MIN, 1);
    index.pass(1);
    for (int i = 0; i < PASSAGES_MIN; i++) {
      publish(index, i);
    }
    until(index, "ALONE 1");
    DividedIndexSnapshot alone = index.checkpoint();
    index.retire(1);
    List<OutboundRecord> topic = index.topic();
    assertThat(kinds(topic)).contains("OVER 1");
    index.close();

    DividedIndex next = index.restored(alone.with(topic), 1);
    next.pass(1_000);
    assertThat(next.find(vector(uids.get(0)), 3, false, null).partition()).isNotEqualTo("flat-4");
    assertExact(next, PASSAGES_MIN);
    next.retire(1);
    DividedIndexSnapshot over = next.checkpoint();
    assertThat(kinds(next.topic()).stream().filter("OVER 1"::equals)).hasSize(2);
    next.close();

    // the command came back to nobody before the checkpoint
    DividedIndex last =
        next.restored(
            new DividedIndexSnapshot(
                over.assign(), over.cells(), over.partitions(), over.route(), 0, over.topic()),
            1);
    last.pass(1_000);
    assertThat(kinds(last.topic()).stream().filter("OVER 1"::equals)).hasSize(3);
    last.close();
  }

  /** Publishes what is missing and lets time pass until both partitions had their turn. */
  private void run(DividedIndex index, int from, Map<String, Saved> checkpoints) throws Exception {
    for (int i = from; i < PASSAGES; i++) {
      publish(index, i);
      if (i % SLICE == 0 || i == PASSAGES_MIN - 1) {
        save(index, i + 1, checkpoints);
      }
      if (i == PASSAGES_MIN) {
        until(index, "CHUNK 1", i + 1, checkpoints);
        until(index, "SERVE 1", i + 1, checkpoints);
        until(index, "ALONE 1", i + 1, checkpoints);
      }
    }
    until(index, "SERVE 2", PASSAGES, checkpoints);
    until(index, "ALONE 2", PASSAGES, checkpoints);
  }

  private void until(
      DividedIndex index, String command, int passages, Map<String, Saved> checkpoints)
      throws Exception {
    while (!kinds(index.topic()).contains(command)) {
      index.pass(command.startsWith("ALONE") ? 1_000 : 1);
      save(index, passages, checkpoints);
    }
  }

  private static void until(DividedIndex index, String command) throws Exception {
    while (!kinds(index.topic()).contains(command)) {
      index.pass(command.startsWith("ALONE") ? 1_000 : 1);
    }
  }

  /** One checkpoint for each number of records, and for each phase of growth. */
  private static void save(DividedIndex index, int passages, Map<String, Saved> checkpoints)
      throws Exception {
    String when = index.topic().size() + " records, " + passages / PASSAGES_MIN + " times";
    if (!checkpoints.containsKey(when)) {
      checkpoints.put(when, new Saved(index.checkpoint(), passages));
    }
  }

  private void goOn(DividedIndex lost, Saved saved, List<OutboundRecord> topic) throws Exception {
    DividedIndex index = lost.restored(saved.snapshot().with(topic), 1);
    for (int i = saved.passages(); i < PASSAGES; i++) {
      publish(index, i);
      index.pass(i % SLICE == 0 ? 1_000 : 1);
      if (i % SLICE == 0) {
        assertExact(index, i + 1);
      }
    }
    String when = "from " + saved + " with " + kinds(topic);
    long enoughMs = System.nanoTime() / 1_000_000 + 60_000;
    while (index.partitionsHeld().size() > 1
        || index.partitionsHeld().contains(0)
        || kinds(index.topic()).stream().noneMatch(kind -> kind.startsWith("ALONE"))) {
      index.pass(1_000);
      assertExact(index, PASSAGES);
      assertThat(System.nanoTime() / 1_000_000).as(when).isLessThan(enoughMs);
    }
    index.pass(QUIET_MS);
    assertThat(index.find(vector(uids.get(0)), 3, false, null).partition())
        .as(when)
        .isNotEqualTo("flat-4");
    assertExact(index, PASSAGES);
    index.close();
  }

  private float[] vector(Hash128 uid) {
    return Objects.requireNonNull(vectors.get(uid));
  }

  private void assertExact(DividedIndex index, int passages) throws Exception {
    float[] query = vector(uids.get(passages / 2));
    List<Hit> wanted = new ArrayList<>();
    for (int i = 0; i < passages; i++) {
      Hash128 uid = uids.get(i);
      int shard = DividedIndex.SHARDS.ofDocument("document " + i);
      wanted.add(new Hit(uid, shard, InnerProduct.of(query, vector(uid))));
    }
    DividedIndex.Found found = index.find(query, passages, true, null);
    assertThat(found.routed().exact()).isTrue();
    assertThat(found.hits()).isEqualTo(wanted.stream().sorted().toList());
  }

  private void publish(DividedIndex index, int number) throws Exception {
    Hash128 uid = uids.get(number);
    index.accept(IndexHarnesses.document("document " + number, uid, vector(uid)));
  }

  private static List<String> kinds(List<OutboundRecord> topic) throws Exception {
    List<String> kinds = new ArrayList<>();
    for (OutboundRecord record : topic) {
      byte[] value = record.value();
      if (value != null) {
        PartitionEvent event = PartitionCodec.decode(value);
        kinds.add(event.kind() + " " + event.partition());
      }
    }
    return kinds;
  }
}
