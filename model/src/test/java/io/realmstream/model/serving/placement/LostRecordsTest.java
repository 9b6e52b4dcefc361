package io.realmstream.model.serving.placement;

import static io.realmstream.model.serving.Edits.SHARD;
import static io.realmstream.model.serving.Edits.change;
import static io.realmstream.model.serving.Edits.delete;
import static io.realmstream.model.serving.Edits.firstHalf;
import static io.realmstream.model.serving.Edits.passage;
import static io.realmstream.model.serving.Edits.rival;
import static io.realmstream.model.serving.Edits.upsert;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.EndedVersions;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.serving.revision.Ack;
import io.realmstream.model.serving.revision.DocumentShard;
import io.realmstream.model.serving.revision.HeldTexts;
import io.realmstream.model.serving.revision.StagedRevisions;
import io.realmstream.model.serving.revision.SupersededRevisions;
import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Where records are lost, {@code assign} and {@code passages} take the same ones for revisions: the
 * cells have every passage that an answer may quote.
 */
class LostRecordsTest {
  private static final int PASSAGES = 4;
  private static final int HISTORIES = 2000;

  @Test
  void theOlderRevisionStaysInTheCellsWhenANewerOneIsOnlyNamed() {
    History history = new History(1);
    history.send(upsert("a", 1, 1), false);
    history.acknowledge(1);
    history.again(change("a", 2, new int[0], 2)); // revision 2 was lost, and edit 3 failed
    history.pass();
    assertThat(history.found()).containsExactly(1);
    history.check();
  }

  @Test
  void theSameBehindALostPartOfTheNewerOne() {
    History history = new History(1);
    history.send(upsert("a", 1, 1), false);
    history.acknowledge(1);
    history.send(change("a", 2, new int[] {3}, 2, 3), false); // behind a lost first part
    history.again(change("a", 2, new int[0], 2, 3));
    history.pass();
    assertThat(history.found()).containsExactly(1);
    history.check();
  }

  /** Its text is still held, since revision 2 is on its way; its vector is about to go. */
  @Test
  void aPassageThatARevisionOnItsWayTookAwayIsNotTheOneThatCameBack() {
    History history = new History(1);
    history.send(upsert("a", 1, 1), false);
    history.acknowledge(1);
    history.send(upsert("a", 2, 2), false);
    history.again(change("a", 3, new int[0], 1)); // revision 3 was lost, and edit 4 failed
    history.acknowledge(1);
    history.pass();
    assertThat(history.found()).containsExactly(2);
    history.check();
  }

  /** The cells still have it, and have said so once. */
  @Test
  void aPassageThatALostRivalBringsBackIsAcknowledgedOnceMore() {
    History history = new History(1);
    history.send(upsert("a", 1, 1, 2), false);
    history.acknowledge(2);
    history.send(rival(change("a", 1, new int[0], 1), 1), false);
    history.again(rival(upsert("a", 1, 1, 2), 2)); // the record itself was lost
    history.acknowledge(2);
    assertThat(history.found()).containsExactly(1, 2);
  }

  @Test
  void historiesWithLostRecords() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed);
      for (int step = 0; step < 60; step++) {
        history.step();
        history.check();
      }
      history.settle();
    }
  }

  /** One document's, seen by both. */
  private static final class History {
    private final int seed;
    private final Random random;
    private final Placement placement = new Placement();
    private final AssignedShard assign = placement.shard();
    private final DocumentShard passages =
        new DocumentShard(
            new DocumentShard.Tables(
                HeapTable.byText(), HeapTable.byText(), HeapTable.byText(), HeapTable.byText()),
            new StagedRevisions(HeapTable.byText(), new EndedVersions(new HeapTable<>())),
            new HeldTexts(HeapTable.byText(), HeapTable.byText(), HeapTable.byText()),
            new SupersededRevisions(
                HeapTable.byText(), HeapTable.byText(), HeapTable.byText(), new HeapTable<>()));
    private final Set<VersionedPassage> cells = new HashSet<>();
    private final List<Ack> acks = new ArrayList<>();

    /** What the updater has published, and whether an edit behind it failed. */
    private int[] published = {};

    private long publishedRevision;
    private boolean hasFailed;

    private long revision;

    /** Edits of that revision before this one. */
    private long rivals;

    private boolean inDoubt;
    private long beats;
    private long nowMs;

    History(int seed) {
      this.seed = seed;
      random = new Random(seed);
    }

    void step() {
      nowMs += 500;
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> edit();
        case 3 -> {
          revision++; // of an edit that failed
          hasFailed |= published.length > 0; // it tells nothing of a document that is not there
          republish();
        }
        case 4 -> republish();
        case 5 -> acknowledge(random.nextInt(4));
        default -> pass();
      }
    }

    private void edit() {
      boolean isRival =
          published.length > 0 && revision == publishedRevision && random.nextInt(3) == 0;
      revision += isRival ? 0 : 1;
      rivals = isRival ? rivals + 1 : 0;
      int[] before = random.nextInt(3) == 0 ? new int[0] : published;
      int subset = random.nextInt(1 << PASSAGES);
      published = IntStream.range(0, PASSAGES).filter(i -> (subset >> i & 1) == 1).toArray();
      publishedRevision = revision;
      hasFailed = false;
      Set<Integer> known = new HashSet<>(IntStream.of(before).boxed().toList());
      int[] inserts = IntStream.of(published).filter(i -> !known.contains(i)).toArray();
      if (subset == 0) {
        sendOrLose(delete("a", revision));
      } else if (inserts.length > 1 && random.nextBoolean()) {
        sendOrLose(firstHalf("a", revision, inserts[0]));
        int[] others = IntStream.of(inserts).skip(1).toArray();
        sendOrLose(change("a", revision, others, published));
      } else {
        sendOrLose(change("a", revision, inserts, published));
      }
    }

    private void sendOrLose(PassageVectors record) {
      if (random.nextInt(4) == 0) {
        inDoubt = true;
      } else {
        send(rival(record, rivals), false);
      }
    }

    /** A document whose newest edit failed is only named. */
    private void republish() {
      if (published.length == 0) {
        again(rival(delete("a", publishedRevision), rivals));
      } else {
        int[] told = hasFailed ? new int[0] : published;
        again(rival(change("a", publishedRevision, told, published), rivals));
      }
    }

    void again(PassageVectors record) {
      send(record, true);
      inDoubt = false;
    }

    void send(PassageVectors record, boolean again) {
      assign.accept(record, again);
      inDoubt |= passages.accept(record, again, nowMs).lacking() && !again;
      takeUpdates();
    }

    private void takeUpdates() {
      for (CellUpdate update : placement.takeUpdates()) {
        if (update.kind() == CellUpdate.Kind.INSERT) {
          cells.add(update.passage());
          acks.add(
              new Ack(
                  SHARD,
                  update.passage().version(),
                  "a",
                  update.uid(),
                  update.change().revision(),
                  update.copy().edit(),
                  0,
                  1));
        } else if (update.kind() == CellUpdate.Kind.DELETE) {
          cells.remove(update.passage());
        }
      }
    }

    /** In the order of each passage's own; of different passages any may come first. */
    void acknowledge(int count) {
      for (int i = 0; i < count && !acks.isEmpty(); i++) {
        Hash128 uid = acks.get(random.nextInt(acks.size())).uid();
        Ack first = acks.stream().filter(ack -> ack.uid().equals(uid)).findFirst().orElseThrow();
        acks.remove(first);
        passages.acknowledge(first, nowMs);
      }
    }

    /** A heartbeat, and the deletes that are due once all in front of it is current. */
    void pass() {
      BeatPosition beat = new BeatPosition(7, ++beats);
      assign.hear(SHARD, beat);
      if (!inDoubt && passages.staged().isSettled(SHARD)) {
        assign.deleteDue(SHARD, assign.settle(SHARD, beat, nowMs));
        takeUpdates();
      }
    }

    /** What was published last is published once more, and the cells acknowledge all. */
    void settle() {
      republish();
      acknowledge(acks.size());
      assertThat(passages.staged().isSettled(SHARD)).as("seed %d", seed).isTrue();
    }

    List<Integer> found() {
      return IntStream.range(0, PASSAGES)
          .filter(i -> passages.find(passage(i), Long.MAX_VALUE, Long.MIN_VALUE) != null)
          .boxed()
          .toList();
    }

    void check() {
      for (int number : found()) {
        assertThat(cells).as("seed %d", seed).contains(passage(number));
      }
    }
  }
}
