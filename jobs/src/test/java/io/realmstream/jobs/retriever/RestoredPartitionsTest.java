package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.partitions.PartitionRecords;
import io.realmstream.model.index.partition.Centroids;
import io.realmstream.model.index.partition.Partition;
import io.realmstream.model.index.partition.PartitionChunk;
import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A restored run knows which partition serves, and has its centroids from the topic alone. Until
 * they are there each answer is that of a plain loop, and says that it is exact.
 */
@Timeout(300)
class RestoredPartitionsTest {
  private static final int DIMENSION = 8;
  private static final int CELLS = 600;

  private static final int CENTROIDS_BYTES = CELLS * (DIMENSION + 1) * Float.BYTES;

  private final Random random = new Random(5);
  private final Partition partition = partition();
  private final Map<Hash128, Hit> published = new LinkedHashMap<>();
  private final Map<Hash128, float[]> vectors = new LinkedHashMap<>();
  private DividedIndex index;
  private DividedIndexSnapshot snapshot;

  @SuppressWarnings("NullAway.Init") // start comes before any test
  RestoredPartitionsTest() {}

  @BeforeEach
  void start() throws Exception {
    index = new DividedIndex(Long.MAX_VALUE, 1);
    index.pass(1);
    for (int i = 0; i < 80; i++) {
      publish();
    }
    topic().forEach(index::write);
    index.pass(DividedIndex.RETIRE_DELAY_MS);
    while (!index.partitionsHeld().equals(Set.of(1))) {
      index.pass(DividedIndex.RETIRE_DELAY_MS);
    }
    assertDivided();
    snapshot = index.checkpoint();
  }

  @AfterEach
  void stop() throws Exception {
    index.close();
  }

  @Test
  void stateHoldsDigestsOnly() {
    assertThat(bytes(snapshot.route())).isLessThan(CENTROIDS_BYTES / 4);
    assertThat(bytes(snapshot.assign().get(0))).isLessThan(CENTROIDS_BYTES / 4);
  }

  private static long bytes(OperatorSubtaskState state) {
    return state.getManagedOperatorState().stream().mapToLong(part -> part.getStateSize()).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void allIsSearchedUntilTheCentroidsComeAgain(int parallelism) throws Exception {
    restore(snapshot, parallelism);
    assertExhaustive();

    index.pass(1);
    assertDivided();
    assertExact();
    publish();
    assertExact();
    assertDivided();
  }

  @Test
  void chunksThatStopInTheMiddleLeaveAllToBeSearchedAndTheNextRunTakesThemUp() throws Exception {
    List<OutboundRecord> all = snapshot.topic();
    restore(snapshot.with(all.subList(0, 2)), 1);
    publish();
    assertThat(index.takeAcks()).isEmpty();
    Hit waiting = published.remove(newest());
    assertExhaustive();
    DividedIndexSnapshot inTheMiddle = index.checkpoint();
    published.put(newest(), waiting);

    restore(inTheMiddle.with(all), 2);
    index.pass(1);
    index.pass(1);
    assertThat(index.takeAcks()).hasSize(1);
    assertDivided();
    assertExact();
  }

  @Test
  void whereAChunkIsLostEverythingStaysExactAndEditsGoOn() throws Exception {
    restore(snapshot.with(withoutChunk(1)), 1);
    publish();
    index.pass(1);
    publish();
    index.pass(1);
    assertThat(index.takeAcks()).hasSize(2);
    assertExhaustive();
    DividedIndexSnapshot lost = index.checkpoint();

    restore(lost.with(snapshot.topic()), 1);
    index.pass(1);
    assertDivided();
    assertExact();
  }

  @Test
  void centroidsThatAreNotThoseOfTheDigestAreNotUsed() throws Exception {
    List<OutboundRecord> damaged = new ArrayList<>(withoutChunk(1));
    PartitionChunk chunk = PartitionChunk.of(partition).get(1);
    float[] centroids = chunk.centroids().clone();
    centroids[3]++;
    damaged.add(
        0,
        PartitionRecords.of(
            PartitionEvent.chunk(
                new PartitionId(1, 1),
                new PartitionChunk(
                    1,
                    chunk.cells(),
                    chunk.dimension(),
                    chunk.probes(),
                    chunk.digest(),
                    centroids,
                    chunk.groups()))));
    restore(snapshot.with(damaged), 1);
    publish();
    index.pass(1);
    index.pass(1);
    assertThat(index.takeAcks()).hasSize(1);
    assertExhaustive();
  }

  @Test
  void chunksThatAreTakenOffTheTopicBehindARestoreAreUsedAllTheSame() throws Exception {
    List<OutboundRecord> gone = new ArrayList<>(snapshot.topic());
    gone.add(PartitionRecords.without(Kind.CHUNK, new PartitionId(1, 1), 0));
    restore(snapshot.with(gone), 1);
    index.pass(1);
    assertDivided();
    assertExact();
  }

  @Test
  void versionThatIsRetiredWhilePassagesWaitLeavesNoneOfThem() throws Exception {
    restore(snapshot.with(List.of()), 1);
    publish();
    int entries = index.entries();
    index.retire(1);
    for (int i = 0; i < 2 * CELLS; i++) {
      index.pass(1);
    }
    assertThat(index.entries()).isLessThan(entries / 4);
    assertThat(index.takeAcks()).isEmpty();
  }

  private void restore(DividedIndexSnapshot from, int parallelism) throws Exception {
    DividedIndex before = index;
    index = before.restored(from, parallelism);
    before.close();
  }

  private List<OutboundRecord> topic() {
    List<OutboundRecord> records = new ArrayList<>();
    PartitionId id = new PartitionId(1, 1);
    for (PartitionChunk chunk : PartitionChunk.of(partition)) {
      records.add(PartitionRecords.of(PartitionEvent.chunk(id, chunk)));
    }
    records.add(
        PartitionRecords.of(PartitionEvent.fill(id, 1, PartitionHead.of(partition, 1_000))));
    return records;
  }

  private List<OutboundRecord> withoutChunk(int number) {
    List<OutboundRecord> records = new ArrayList<>(snapshot.topic());
    records.remove(number);
    return records;
  }

  private void assertDivided() throws Exception {
    DividedIndex.Found found = index.find(query(), 3, false, 1);
    assertThat(found.routed().exact()).isFalse();
    assertThat(found.cells()).isEqualTo(1);
    assertThat(found.partition()).isEqualTo(partition.digest().toString());
  }

  private void assertExhaustive() throws Exception {
    float[] query = query();
    DividedIndex.Found found = index.find(query, published.size(), false, 1);
    assertThat(found.routed().exact()).isTrue();
    assertThat(found.cells()).isEqualTo(CELLS);
    assertThat(found.partition()).isEqualTo(partition.digest().toString());
    assertThat(found.hits()).isEqualTo(brute(query));
  }

  private void assertExact() throws Exception {
    float[] query = query();
    DividedIndex.Found found = index.find(query, published.size(), true, null);
    assertThat(found.routed().exact()).isTrue();
    assertThat(found.hits()).isEqualTo(brute(query));
  }

  private List<Hit> brute(float[] query) {
    return published.values().stream()
        .map(
            hit ->
                new Hit(
                    hit.uid(),
                    hit.documentShard(),
                    InnerProduct.of(query, Objects.requireNonNull(vectors.get(hit.uid())))))
        .sorted()
        .toList();
  }

  private Hash128 newest() {
    return Hash128.ofTexts("document " + (vectors.size() - 1), "text");
  }

  private static Hit hit(Hash128 uid, String document) {
    return new Hit(uid, DividedIndex.SHARDS.ofDocument(document), 0);
  }

  private void publish() throws Exception {
    String document = "document " + vectors.size();
    Hash128 uid = Hash128.ofTexts(document, "text");
    float[] vector = query();
    published.put(uid, hit(uid, document));
    vectors.put(uid, vector);
    index.accept(IndexHarnesses.document(document, uid, vector));
  }

  private float[] query() {
    return gaussian(DIMENSION);
  }

  private Partition partition() {
    float[] rows = gaussian(CELLS * (DIMENSION + 1));
    return Partition.of(new Centroids(rows, DIMENSION), new ProbeLimit(7, .5f));
  }

  private float[] gaussian(int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
