package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.retriever.cells.Probe;
import io.realmstream.model.index.topk.Hit;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The index from flat to divided and on, compared at every step with a plain loop. */
@Timeout(600)
class DividedIndexTest {
  private static final int DIMENSION = 16;
  private static final int PASSAGES_MIN = 600;
  private static final int K = 10;
  private static final int COMPARED = 50;
  private static final String FLAT = "flat-4";

  private final Random random = new Random(4);
  private final float[][] centers = new float[20][];
  private final Map<String, Long> revisions = new TreeMap<>();
  private final Map<Hash128, Hit> live = new HashMap<>();
  private final Map<Hash128, float[]> vectors = new HashMap<>();
  private final Map<String, Set<Hash128>> manifests = new TreeMap<>();
  private DividedIndex index;

  DividedIndexTest() throws Exception {
    index = new DividedIndex(PASSAGES_MIN, 1);
    for (int i = 0; i < centers.length; i++) {
      centers[i] = near(new float[DIMENSION], 1);
    }
  }

  @AfterEach
  void stop() throws Exception {
    index.close();
  }

  @Test
  void smallIndexStaysFlatAndEveryAnswerIsExact() throws Exception {
    grow(PASSAGES_MIN - 3);
    index.pass(DividedIndex.RETIRE_DELAY_MS);

    assertThat(search(false).partition()).isEqualTo(FLAT);
    assertThat(search(false).routed().exact()).isTrue();
    assertThat(index.partitionsHeld()).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 4", "4, 1"})
  void indexThatGrowsIsDividedWhileEditsAndQueriesGoOn(int before, int after) throws Exception {
    index = index.restored(before);
    grow(PASSAGES_MIN);
    index = index.restored(after); // perhaps in the middle of the training
    untilServed(FLAT, before);
    assertThat(index.partitionsHeld()).containsExactly(0, 1);

    assertThat(recall()).isGreaterThanOrEqualTo(0.95);
    assertThat(search(false).routed().exact()).isFalse();
    index.pass(DividedIndex.RETIRE_DELAY_MS);
    editFor(50);
    assertThat(index.partitionsHeld()).containsExactly(1);
    assertThat(recall()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void fourfoldGrowthDividesTheIndexAnew() throws Exception {
    grow(PASSAGES_MIN);
    untilServed(FLAT, 2);
    String first = search(true).partition();
    index.pass(DividedIndex.RETIRE_DELAY_MS);
    grow(4 * PASSAGES_MIN + 200);
    untilServed(first, 1);

    assertThat(search(true).routed().cells()).isGreaterThan(30);
    index.pass(DividedIndex.RETIRE_DELAY_MS);
    editFor(50);
    assertThat(index.partitionsHeld()).containsExactly(2);
    assertThat(recall()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void limitsBeyondTheIndexMeanAllOfIt() throws Exception {
    grow(PASSAGES_MIN);
    untilServed(FLAT, 1);
    float[] query = query();

    DividedIndex.Found all = index.find(query, 1_000, false, 1_000_000);
    assertThat(all.routed().exact()).isTrue();
    assertThat(standing(all)).isEqualTo(brute(query, live.size()));
    DividedIndex.Found one = index.find(query, K, false, 1);
    assertThat(one.cells()).isEqualTo(1);
    assertThat(one.routed().shards()).isEqualTo(1);
    assertThat(one.routed().exact()).isFalse();
  }

  @Test
  void passageIsAcknowledgedByEveryPartitionThatItWentTo() throws Exception {
    grow(PASSAGES_MIN);
    untilServed(FLAT, 1);
    index.takeAcks();
    edit();
    assertThat(index.takeAcks())
        .allSatisfy(ack -> assertThat(ack.copies()).isEqualTo(2))
        .anySatisfy(ack -> assertThat(ack.copy()).isEqualTo(0))
        .anySatisfy(ack -> assertThat(ack.copy()).isEqualTo(1));

    index.pass(DividedIndex.RETIRE_DELAY_MS);
    replace("another document");
    assertThat(index.takeAcks()).allSatisfy(ack -> assertThat(ack.copies()).isEqualTo(1));
  }

  @Test
  void probeOfARetiredPartitionSearchesNothing() throws Exception {
    grow(PASSAGES_MIN);
    Probe late = index.find(query(), K, true, null).probes().get(0);
    untilServed(FLAT, 1);
    assertThat(index.search(late).tally().cells()).isEqualTo(1);
    index.pass(DividedIndex.RETIRE_DELAY_MS);

    assertThat(index.search(late).tally().cells()).isZero();
    assertThat(index.search(late).hits()).isEmpty();
  }

  /** Edits and asks until another partition serves; the partition is restored once meanwhile. */
  private void untilServed(String partition, int parallelism) throws Exception {
    boolean unused = index.takePublished();
    for (int i = 0; i < 30; i++) {
      edit();
      index.pass(1);
      search(true);
    }
    while (!index.takePublished()) {
      index.pass(50); // a thread of its own is training
    }
    Set<String> seen = new LinkedHashSet<>();
    boolean restored = false;
    while (seen.size() < 2) {
      edit();
      index.pass(1);
      seen.add(search(true).partition());
      if (!restored && index.partitionsHeld().size() > 1) {
        index = index.restored(parallelism); // in the middle of the walk
        restored = true;
      }
    }
    assertThat(restored).isTrue();
    assertThat(seen).startsWith(partition);
  }

  private void editFor(int steps) throws Exception {
    for (int i = 0; i < steps; i++) {
      edit();
      index.pass(1_000);
      search(true);
    }
  }

  /** Asks, and compares an exact answer with a plain loop. */
  private DividedIndex.Found search(boolean exact) throws Exception {
    float[] query = query();
    DividedIndex.Found found = index.find(query, 1_000, exact, null);
    assertThat(found.cells()).isEqualTo(found.routed().cells());
    if (exact) {
      assertThat(found.routed().exact()).isTrue();
      assertThat(standing(found)).startsWith(brute(query, COMPARED).toArray(Hit[]::new));
    }
    return found;
  }

  /** What was removed leaves its cell a little later; nobody looks it up any more. */
  private List<Hit> standing(DividedIndex.Found found) {
    return found.hits().stream().filter(hit -> live.containsKey(hit.uid())).toList();
  }

  private List<Hit> brute(float[] query, int k) {
    return live.values().stream()
        .map(
            hit ->
                new Hit(
                    hit.uid(),
                    hit.documentShard(),
                    InnerProduct.of(query, Objects.requireNonNull(vectors.get(hit.uid())))))
        .sorted()
        .limit(k)
        .toList();
  }

  private double recall() throws Exception {
    int found = 0;
    for (int i = 0; i < 100; i++) {
      float[] query = query();
      Set<Hit> hits = new HashSet<>(index.find(query, K, false, null).hits());
      found += (int) brute(query, K).stream().filter(hits::contains).count();
    }
    return found / (100.0 * K);
  }

  private void grow(int passages) throws Exception {
    for (int i = 0; live.size() < passages; i++) {
      replace("document " + i);
    }
  }

  private void edit() throws Exception {
    List<String> known = List.copyOf(manifests.keySet());
    String document = known.get(random.nextInt(known.size()));
    if (random.nextInt(5) == 0) {
      publish(document, List.of(), Set.of());
    } else {
      replace(document);
    }
  }

  /** Keeps about half of a document's passages, and brings three new ones. */
  private void replace(String document) throws Exception {
    Set<Hash128> kept = new LinkedHashSet<>(manifests.getOrDefault(document, Set.of()));
    kept.removeIf(uid -> random.nextBoolean());
    List<PassageInsert> inserts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float[] vector = near(centers[random.nextInt(centers.length)], 0.3);
      Hash128 uid = Hash128.ofTexts(document, Long.toString(random.nextLong()));
      inserts.add(new PassageInsert(uid, uid, "", vector));
    }
    publish(document, inserts, kept);
  }

  private void publish(String document, List<PassageInsert> inserts, Set<Hash128> kept)
      throws Exception {
    long revision = revisions.merge(document, 1L, Long::sum);
    int shard = DividedIndex.SHARDS.ofDocument(document);
    Set<Hash128> manifest = new LinkedHashSet<>(kept);
    live.keySet().removeAll(manifests.getOrDefault(document, Set.of()));
    for (PassageInsert insert : inserts) {
      manifest.add(insert.uid());
      vectors.put(insert.uid(), insert.vector());
    }
    manifest.forEach(uid -> live.put(uid, new Hit(uid, shard, 0)));
    manifests.put(document, manifest);
    Outcome outcome = manifest.isEmpty() ? Outcome.DELETED : Outcome.UPDATED;
    List<ManifestEntry> entries =
        new ArrayList<>(manifest.stream().map(uid -> new ManifestEntry(uid, 0, 1)).toList());
    Instant time = Instant.EPOCH;
    index.accept(
        new PassageVectors(
            document,
            shard,
            1,
            new DocumentRevision(
                revision,
                DocumentRevision.NO_EDIT,
                outcome,
                "",
                new EditTimes(null, time, time),
                0,
                VectorCounts.NONE,
                Provenance.NONE),
            RecordPart.WHOLE,
            entries,
            new ArrayList<>(inserts)));
  }

  private float[] query() {
    return near(centers[random.nextInt(centers.length)], 0.3);
  }

  private float[] near(float[] center, double deviation) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (center[i] + deviation * random.nextGaussian());
    }
    return vector;
  }
}
