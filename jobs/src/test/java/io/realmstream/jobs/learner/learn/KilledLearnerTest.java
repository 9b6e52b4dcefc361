package io.realmstream.jobs.learner.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningProgress;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * With the order HELD a recorded topic gives the same bits, in whatever order its partitions come,
 * and wherever the job is killed and goes on from its last checkpoint.
 */
class KilledLearnerTest {
  private static final int KILLS = 20;
  private static final int WINDOW_MS = 21_000;
  private static final int DOCUMENTS = 320;
  private static final long END_MS = 42_000;
  private static final LearnSettings HELD =
      new LearnSettings(
          LearnHarness.SHARDS,
          LearnHarness.FOLDER.toString(),
          8,
          2,
          DOCUMENTS,
          100,
          WINDOW_MS,
          true);
  private static final RecordedTopic TOPIC = RecordedTopic.of(DOCUMENTS).beatenTo(END_MS + 1_000);

  /** What was learned, by the number of the pass: the loss and the digest of the heads. */
  private final Map<Long, Set<String>> passes = new TreeMap<>();

  private final Set<RetrieverCheckpoint> published = new HashSet<>();
  private int[] read = new int[RecordedTopic.PARTITIONS];

  /** The last completed checkpoint of Flink, and how far the topic was read in it. */
  private @Nullable OperatorSubtaskState state;

  private int[] readInState = new int[RecordedTopic.PARTITIONS];

  @Test
  void killsChangeNoBitOfWhatIsLearned() throws Exception {
    KilledLearnerTest straight = new KilledLearnerTest();
    byte[] parameters = straight.finished();
    Map<Long, Set<String>> undisturbed = straight.passes;
    assertThat(undisturbed).hasSizeGreaterThan(10);
    assertThat(undisturbed.values()).allSatisfy(each -> assertThat(each).hasSize(1));

    for (long seed = 1; seed <= KILLS; seed++) {
      killed(new Random(seed), undisturbed.size());
    }
    assertThat(finished()).isEqualTo(parameters);
    assertThat(passes).isEqualTo(undisturbed);
    published.addAll(straight.published);
    assertThat(published).isNotEmpty();
    assertThat(published)
        .allSatisfy(
            each ->
                assertThat(undisturbed.toString())
                    .contains(" " + CheckpointCandidate.digest(each)));
  }

  /** Reads the rest, first one partition and then the other, and learns all of it. */
  private byte[] finished() throws Exception {
    try (LearnHarness learner = restored()) {
      for (int partition = 0; partition < RecordedTopic.PARTITIONS; partition++) {
        read(learner, partition, Integer.MAX_VALUE);
      }
      learner.await(() -> hasPassed(learner) || learner.isThrough(END_MS));
      learner.snapshot();
      learner.complete();
      learner.await(() -> learner.isThrough(END_MS));
      note(learner);
      return learner.parameters();
    }
  }

  private static boolean hasPassed(LearnHarness learner) {
    return learner.statuses().stream()
        .anyMatch(status -> status.outcome() == LearningOutcome.PASSED);
  }

  /** Goes on for a while by chance, and is killed with whatever is under way. */
  private void killed(Random random, int passesInAll) throws Exception {
    try (LearnHarness learner = restored()) {
      int turns = 10 + random.nextInt(90);
      for (int turn = 0; turn < turns; turn++) {
        read(learner, random.nextInt(RecordedTopic.PARTITIONS), random.nextInt(12));
        learner.pass(random.nextInt(1_500));
        LockSupport.parkNanos(random.nextInt(40_000_000)); // what runs goes on
        if (random.nextInt(6) == 0) {
          OperatorSubtaskState snapshot = learner.snapshot();
          if (random.nextBoolean()) {
            state = snapshot;
            readInState = read.clone();
            learner.complete();
          }
        }
      }
      note(learner);
    }
    assertThat(passes.size()).isLessThanOrEqualTo(passesInAll);
  }

  private LearnHarness restored() throws Exception {
    read = readInState.clone();
    LearnHarness learner = state == null ? new LearnHarness(HELD) : new LearnHarness(HELD, state);
    learner.active(1, LearnHarness.COLD);
    learner.logIsRead();
    return learner;
  }

  private void read(LearnHarness learner, int partition, int count) throws Exception {
    List<TrunkEvent> events = TOPIC.partition(partition);
    for (int i = 0; i < count && read[partition] < events.size(); i++) {
      learner.take(events.get(read[partition]++));
    }
  }

  private void note(LearnHarness learner) {
    for (LearningStatus status : learner.statuses()) {
      LearningProgress progress = status.progress();
      if (status.outcome() != LearningOutcome.PUBLISHED) {
        passes
            .computeIfAbsent(progress.pass(), any -> new HashSet<>())
            .add(progress + " " + status.outcome() + " " + status.checkpoint());
      }
    }
    published.addAll(learner.published());
  }
}
