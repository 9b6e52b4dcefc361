package io.realmstream.model.index.partition.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.index.partition.PartitionEvent;
import io.realmstream.model.index.partition.PartitionEvent.Kind;
import io.realmstream.model.index.partition.PartitionHead;
import io.realmstream.model.index.partition.PartitionId;
import io.realmstream.model.index.partition.ProbeLimit;
import io.realmstream.model.index.partition.progress.PartitionProgress.Stage;
import io.realmstream.model.index.partition.progress.ProgressEvent.Counted;
import io.realmstream.model.index.partition.progress.ProgressEvent.Ended;
import io.realmstream.model.index.partition.progress.ProgressEvent.Failed;
import io.realmstream.model.index.partition.progress.ProgressEvent.Filled;
import io.realmstream.model.index.partition.progress.ProgressEvent.Heard;
import io.realmstream.model.index.partition.progress.ProgressEvent.NothingToTrain;
import io.realmstream.model.index.partition.progress.ProgressEvent.Passed;
import io.realmstream.model.index.partition.progress.ProgressEvent.Trained;
import io.realmstream.model.index.partition.progress.ProgressStep.Forgotten;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each event in each stage of a version whose newest partition is its second. */
class PartitionProgressTest {
  private static final long RUN = 9;
  private static final long LOST_RUN = 8;
  private static final PartitionHead SECOND = head(600);
  private static final PartitionHead THIRD = head(900);

  @ParameterizedTest
  @CsvSource({
    "GROWING,  failed,  ''",
    "GROWING,  counted,   TRAINING 2",
    "GROWING,  few,       ''",
    "GROWING,  trained,   ''",
    "GROWING,  nothing,   ''",
    "GROWING,  filled,    ''",
    "GROWING,  passed,    ''",
    "GROWING,  heardFill, FILLING 3",
    "GROWING,  heardOld,  ''",
    "GROWING,  heardWord, ''",
    "GROWING,  ended,     OVER 2",
    "TRAINING, counted,   ''",
    "TRAINING, few,       ''",
    "TRAINING, trained,   FILLING 3",
    "TRAINING, nothing,   GROWING 2",
    "TRAINING, filled,    ''",
    "TRAINING, passed,    ''",
    "TRAINING, heardFill, FILLING 3",
    "TRAINING, heardOld,  ''",
    "TRAINING, heardWord, ''",
    "TRAINING, ended,     OVER 2",
    "FILLING,  failed,  ''",
    "FILLING,  counted,   ''",
    "FILLING,  few,       ''",
    "FILLING,  trained,   ''",
    "FILLING,  nothing,   ''",
    "FILLING,  filled,    SERVING 2",
    "FILLING,  filledOld, ''",
    "FILLING,  passed,    ''",
    "FILLING,  heardFill, FILLING 3",
    "FILLING,  heardOld,  ''",
    "FILLING,  heardWord, ''",
    "FILLING,  ended,     OVER 2",
    "SERVING,  failed,  ''",
    "SERVING,  counted,   ''",
    "SERVING,  few,       ''",
    "SERVING,  trained,   ''",
    "SERVING,  nothing,   ''",
    "SERVING,  filled,    ''",
    "SERVING,  early,     ''",
    "SERVING,  passed,    GROWING 2",
    "SERVING,  heardFill, FILLING 3",
    "SERVING,  heardOld,  ''",
    "SERVING,  heardWord, ''",
    "SERVING,  ended,     OVER 2",
    "OVER,  failed,  ''",
    "OVER,     counted,   ''",
    "OVER,     few,       ''",
    "OVER,     trained,   ''",
    "OVER,     nothing,   ''",
    "OVER,     filled,    ''",
    "OVER,     early,     ''",
    "OVER,     passed,    GROWING 0",
    "OVER,     heardFill, ''",
    "OVER,     heardOld,  ''",
    "OVER,     heardWord, ''",
    "OVER,     ended,     ''"
  })
  void everyEventInEveryStage(Stage stage, String event, String wanted) {
    PartitionProgress before = at(stage);
    ProgressStep step = before.after(event(event));
    PartitionProgress next = step.next();
    if (wanted.isEmpty()) {
      assertThat(next).isEqualTo(before);
      assertThat(step.ignored()).isNotEmpty();
      assertThat(step.forgotten()).isEmpty();
    } else {
      assertThat(next.stage() + " " + next.newest()).isEqualTo(wanted);
      assertThat(step.ignored()).isEmpty();
    }
  }

  @Test
  void aRunSaysAllThatItsStateImplies() {
    assertThat(PartitionProgress.NONE.commands(1, RUN)).isEmpty();
    assertThat(kinds(Stage.FILLING)).containsExactly(Kind.FILL);
    assertThat(kinds(Stage.SERVING)).containsExactly(Kind.FILL, Kind.SERVE);
    assertThat(kinds(Stage.GROWING)).containsExactly(Kind.FILL, Kind.SERVE, Kind.ALONE);
    assertThat(kinds(Stage.TRAINING)).containsExactly(Kind.FILL, Kind.SERVE, Kind.ALONE);
    assertThat(kinds(Stage.OVER)).containsExactly(Kind.OVER);
    assertThat(at(Stage.SERVING).commands(1, RUN))
        .first()
        .isEqualTo(PartitionEvent.fill(new PartitionId(1, 2), RUN, SECOND));
  }

  @Test
  void whatALostRunPublishedIsWhatIsFilled() {
    PartitionProgress next = at(Stage.TRAINING).after(event("heardFill")).next();
    assertThat(next.head()).isEqualTo(THIRD);
    assertThat(next.chunksBefore()).isEqualTo(SECOND.chunks());
    ProgressStep late = next.after(new Trained(SECOND));
    assertThat(late.next()).isEqualTo(next);
  }

  @Test
  void partitionsThatALostRunHadAndDroppedArePassedOver() {
    PartitionEvent fifth = PartitionEvent.fill(new PartitionId(1, 5), LOST_RUN, THIRD);
    PartitionProgress next = at(Stage.FILLING).after(new Heard(fifth)).next();
    assertThat(next.newest()).isEqualTo(5);
    assertThat(next.chunksBefore()).isZero();
  }

  @Test
  void trainingThatFailsIsTriedAgainAfterPausesThatGrowToAnHour() {
    PartitionProgress now = at(Stage.TRAINING);
    List<Long> pausesMs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      now = now.after(new Failed(5_000)).next();
      assertThat(now.stage()).isEqualTo(Stage.TRAINING);
      pausesMs.add(now.dueMs() - 5_000);
    }
    assertThat(pausesMs).startsWith(60_000L, 120_000L, 240_000L, 480_000L).endsWith(3_600_000L);
    assertThat(now.failures()).isEqualTo(40);
    assertThat(now.after(new Trained(THIRD)).next().failures()).isZero();
  }

  @Test
  void chunksLeaveTheTopicWithTheirPartition() {
    assertThat(at(Stage.SERVING).after(event("passed")).forgotten())
        .containsExactly(new Forgotten(1, 7));
    assertThat(at(Stage.FILLING).after(event("ended")).forgotten())
        .containsExactly(new Forgotten(2, 3), new Forgotten(1, 7));
  }

  @Test
  void firstPartitionWantsTheLeastNumberOfPassages() {
    assertThat(PartitionProgress.NONE.after(new Counted(99, 100)).next().stage())
        .isEqualTo(Stage.GROWING);
    assertThat(PartitionProgress.NONE.after(new Counted(100, 100)).next().stage())
        .isEqualTo(Stage.TRAINING);
  }

  private static List<Kind> kinds(Stage stage) {
    return at(stage).commands(1, RUN).stream().map(PartitionEvent::kind).toList();
  }

  private static PartitionProgress at(Stage stage) {
    return new PartitionProgress(stage, 2, SECOND, 7, 1_000, 0);
  }

  private static PartitionHead head(int cells) {
    return new PartitionHead(new Hash128(0, cells), cells, 4, ProbeLimit.of(3), 100L * cells);
  }

  private static ProgressEvent event(String name) {
    return switch (name) {
      case "counted" -> new Counted(240_000, 100);
      case "few" -> new Counted(239_999, 100);
      case "trained" -> new Trained(THIRD);
      case "nothing" -> new NothingToTrain();
      case "failed" -> new Failed(5_000);
      case "filled" -> new Filled(2, 1_000);
      case "filledOld" -> new Filled(1, 1_000);
      case "early" -> new Passed(999);
      case "passed" -> new Passed(1_000);
      case "heardFill" -> heard(PartitionEvent.fill(new PartitionId(1, 3), LOST_RUN, THIRD));
      case "heardOld" -> heard(PartitionEvent.fill(new PartitionId(1, 2), LOST_RUN, THIRD));
      case "heardWord" -> heard(PartitionEvent.of(Kind.SERVE, new PartitionId(1, 3), LOST_RUN));
      case "ended" -> new Ended(1_000);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ProgressEvent heard(PartitionEvent command) {
    return new Heard(command);
  }
}
