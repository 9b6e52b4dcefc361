package io.realmstream.jobs.retriever.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatherFunctionTest {
  private static final long DEADLINE_MS = 5_000;
  private static final long STRAGGLERS_MS = 60_000;

  /** A request of so many shards. */
  public record Head(int expected) {}

  /** What so many shards from one on found. */
  public record Part(int shard, int weight, String found, long deadlineMs) {}

  private static final class Listing extends GatherFunction<Head, Part, List<String>> {
    private static final long serialVersionUID = 1L;

    Listing() {
      super(Head.class, Part.class);
    }

    @Override
    protected int expected(Head head) {
      return head.expected();
    }

    @Override
    protected int shard(Part part) {
      return part.shard();
    }

    @Override
    protected int weight(Part part) {
      return part.weight();
    }

    @Override
    protected long deadlineMs(Head head) {
      return DEADLINE_MS;
    }

    @Override
    protected long partDeadlineMs(Part part) {
      return part.deadlineMs();
    }

    @Override
    protected void join(Head head, List<Part> parts, Context context, Collector<List<String>> out) {
      out.collect(parts.stream().map(Part::found).toList());
    }
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, Head, Part, List<String>> harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  GatherFunctionTest() {}

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void partsLeaveWithTheLastOfThemByShardAscending() throws Exception {
    part(2, 1, "c");
    ask(3);
    part(0, 1, "a");
    assertThat(joined()).isEmpty();

    part(1, 1, "b");
    assertThat(joined()).containsExactly(List.of("a", "b", "c"));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void requestThatComesLastLeavesAtOnce() throws Exception {
    part(1, 1, "b");
    part(0, 1, "a");
    ask(2);
    assertThat(joined()).containsExactly(List.of("a", "b"));
  }

  @Test
  void requestOfNoShardLeavesEmpty() throws Exception {
    ask(0);
    assertThat(joined()).containsExactly(List.of());
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void secondPartOfAShardDoesNotCount() throws Exception {
    ask(2);
    part(0, 1, "a");
    part(0, 1, "again");
    assertThat(joined()).isEmpty();

    part(1, 1, "b");
    assertThat(joined()).containsExactly(List.of("a", "b"));
  }

  @Test
  void partOfSeveralShardsCountsForEach() throws Exception {
    ask(4);
    part(1, 3, "b, c, d");
    assertThat(joined()).isEmpty();

    part(0, 1, "a");
    assertThat(joined()).containsExactly(List.of("a", "b, c, d"));
    assertThat(harness.numProcessingTimeTimers()).as("the deadline's is gone").isZero();
  }

  @Test
  void atTheDeadlineWhatCameLeavesAndWhatComesLaterIsCleared() throws Exception {
    ask(2);
    part(0, 1, "a");
    harness.setProcessingTime(DEADLINE_MS - 1);
    assertThat(joined()).isEmpty();
    harness.setProcessingTime(DEADLINE_MS);
    assertThat(joined()).containsExactly(List.of("a"));

    part(1, 1, "late");
    harness.setProcessingTime(DEADLINE_MS + STRAGGLERS_MS - 1);
    assertThat(harness.numKeyedStateEntries()).isPositive();
    harness.setProcessingTime(DEADLINE_MS + STRAGGLERS_MS);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(joined()).hasSize(1);
  }

  @Test
  void timerOfAPartThatWasFirstDoesNotEndTheRequestBeforeItsDeadline() throws Exception {
    long early = 10;
    harness.processElement2(new StreamRecord<>(new Part(0, 1, "a", early - STRAGGLERS_MS)));
    ask(2);
    harness.setProcessingTime(early);
    assertThat(joined()).isEmpty();

    part(1, 1, "b");
    assertThat(joined()).containsExactly(List.of("a", "b"));
  }

  @Test
  void partsSurviveARestore() throws Exception {
    ask(2);
    part(1, 1, "b");
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness();
    harness.initializeState(snapshot);
    harness.open();
    part(0, 1, "a");

    assertThat(joined()).containsExactly(List.of("a", "b"));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, Head, Part, List<String>> harness()
      throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new Listing()), head -> "q", part -> "q", Types.STRING);
  }

  private void ask(int shards) throws Exception {
    harness.processElement1(new StreamRecord<>(new Head(shards)));
  }

  private void part(int shard, int weight, String found) throws Exception {
    harness.processElement2(new StreamRecord<>(new Part(shard, weight, found, DEADLINE_MS)));
  }

  private List<List<String>> joined() {
    return harness.extractOutputValues();
  }
}
