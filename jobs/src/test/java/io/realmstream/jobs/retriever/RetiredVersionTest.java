package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.version.EndedIndexes;
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
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What assign, cells and partitions keep of a version that had its time. */
class RetiredVersionTest {
  private static final int DIMENSION = 8;
  private static final int PASSAGES = 3;

  /** The second version is divided, the first is not. */
  private static final int PASSAGES_MIN = 1_000;

  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final int FIRST = 100;
  private static final int SECOND = 400;

  /** What each shard knows to have ended, in assign and in cells. */
  private static final int LEFT = 2 * DividedIndex.SHARDS.count();

  private static final long HOUR_MS = 3_600_000;

  private final Random random = new Random(5);
  private DividedIndex index;
  private int before;

  @SuppressWarnings("NullAway.Init") // set before each test
  RetiredVersionTest() {}

  @BeforeEach
  void load() throws Exception {
    index = new DividedIndex(PASSAGES_MIN, 1);
    load(1, FIRST);
    index.pass(1); // timers of the start are entries, too
    before = index.entries();
    load(2, SECOND);
    long patience = System.nanoTime() + PATIENCE_NANOS; // training has a thread of its own
    while (!index.partitionsHeld().contains(1) && System.nanoTime() < patience) {
      index.pass(1);
    }
    assertThat(index.entries()).isGreaterThan(before + SECOND * PASSAGES);
  }

  @AfterEach
  void stop() throws Exception {
    index.close();
  }

  @Test
  void stateIsGivenBackSomeAtATimeWhileQueriesGoOn() throws Exception {
    index.retire(2);
    index.pass(1);
    assertThat(index.entries()).isGreaterThan(before + LEFT);
    assertThat(search().hits()).hasSizeGreaterThanOrEqualTo(10);

    forgetAll();
    assertThat(index.entries()).isEqualTo(before + LEFT);
    assertThat(search().hits()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(index.partitionsHeld()).containsExactly(0);
  }

  @Test
  void restoreInItsMidstLosesNothing() throws Exception {
    index.retire(2);
    index.pass(1);
    index = index.restored(2);
    forgetAll();

    assertThat(index.entries()).isEqualTo(before + LEFT);
    assertThat(search().hits()).hasSizeGreaterThanOrEqualTo(10);
  }

  /** The record in the vectors topic is lost. */
  @Test
  void whatTheLogSaysSufficesWhenTheShardsWordIsLost() throws Exception {
    index.end(new EndedIndexes(2, List.of(1, 2), List.of()));
    index.pass(1);
    assertThat(index.entries()).isGreaterThan(before + SECOND * PASSAGES);

    index.end(new EndedIndexes(2, List.of(1), List.of()));
    index.pass(1);
    index = index.restored(2);
    index.end(new EndedIndexes(2, List.of(1), List.of())); // told again at each start
    forgetAll();
    assertThat(index.entries()).isEqualTo(before + LEFT);
    assertThat(search().hits()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(index.partitionsHeld()).containsExactly(0);
  }

  /** Retired while some of its passages wait to be deleted, and forgotten behind that. */
  @Test
  void removalsThatBecomeDueLaterBringNoCountBack() throws Exception {
    for (int document = 0; document < 2_400; document++) {
      index.accept(record(3, document));
    }
    for (int document = 0; document < 100; document++) {
      index.accept(deletion(3, document));
    }
    IndexHarnesses.settle(index, new BeatPosition(7, 1));
    index.retire(2);
    index.retire(3);
    index.pass(DividedIndex.DELETE_DELAY_MS + 2_000); // before the walks
    forgetAll();

    assertThat(index.entries()).isEqualTo(before + LEFT);
  }

  @Test
  void aYearOfVersionsLeavesNoMoreThanOne() throws Exception {
    index.end(new EndedIndexes(2, List.of(1, 2), List.of()));
    for (int version = 3; version <= 367; version++) {
      index.end(new EndedIndexes(version, List.of(1, version - 1, version), List.of()));
      for (int document = 0; document < 4; document++) {
        index.accept(record(version, document));
      }
      if (version % 2 == 0) {
        index.retire(version - 1); // else that is lost
      }
      index.end(new EndedIndexes(version, List.of(1, version), List.of()));
      for (int i = 0; i < 8; i++) {
        index.pass(1);
      }
      index.pass(HOUR_MS);
    }
    index.end(new EndedIndexes(367, List.of(1), List.of()));
    forgetAll();

    assertThat(index.entries()).isEqualTo(before + LEFT);
    assertThat(search().hits()).hasSizeGreaterThanOrEqualTo(10);
  }

  /** Each start reads the partitions topic from its beginning, as compaction has left it. */
  @Test
  void nothingOfItStaysOnThePartitionsTopicOrComesBackAtAStart() throws Exception {
    index.retire(2);
    forgetAll();
    Map<ByteBuffer, OutboundRecord> last = new LinkedHashMap<>();
    index.topic().forEach(record -> last.put(ByteBuffer.wrap(record.key()), record));
    last.values().removeIf(record -> record.value() == null);
    assertThat(last.keySet()).noneMatch(key -> key.getInt(0) == 2);

    index = index.restored(index.checkpoint().with(List.copyOf(last.values())), 1);
    forgetAll();
    assertThat(index.entries()).isEqualTo(before + LEFT);
    assertThat(index.topic()).hasSameSizeAs(last.values());
  }

  /** A restarted updater repeats what it published. */
  @Test
  void recordThatComesTooLateBringsNothingBack() throws Exception {
    index.retire(2);
    forgetAll();
    index.accept(record(2, 7));
    index.retire(2);
    forgetAll();

    assertThat(index.entries()).isEqualTo(before + LEFT);
  }

  private DividedIndex.Found search() throws Exception {
    return index.find(vector(), 10, true, null);
  }

  private void forgetAll() throws Exception {
    for (int i = 0; i < 200; i++) {
      index.pass(1);
    }
    index.pass(DividedIndex.RETIRE_DELAY_MS);
    index.pass(HOUR_MS);
  }

  private void load(int version, int documents) throws Exception {
    for (int document = 0; document < documents; document++) {
      index.accept(record(version, document));
    }
  }

  private PassageVectors record(int version, int number) {
    String document = "d" + number;
    List<PassageInsert> inserts = new ArrayList<>();
    for (int i = 0; i < PASSAGES; i++) {
      Hash128 uid = Hash128.ofTexts(document, "" + i);
      inserts.add(new PassageInsert(uid, uid, "text", vector()));
    }
    return record(version, document, inserts);
  }

  private static PassageVectors deletion(int version, int number) {
    return record(version, "d" + number, List.of());
  }

  /** Without a passage the document is deleted. */
  private static PassageVectors record(int version, String document, List<PassageInsert> inserts) {
    boolean lives = !inserts.isEmpty();
    List<ManifestEntry> manifest = new ArrayList<>();
    inserts.forEach(insert -> manifest.add(new ManifestEntry(insert.uid(), 0, 1)));
    return new PassageVectors(
        document,
        DividedIndex.SHARDS.ofDocument(document),
        version,
        new DocumentRevision(
            lives ? 1 : 2,
            DocumentRevision.NO_EDIT,
            lives ? Outcome.ADDED : Outcome.DELETED,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        manifest,
        inserts);
  }

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
