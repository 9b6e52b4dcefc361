package io.realmstream.jobs.versions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's own harness says that its close may be interrupted
class DecodeVersionsOperatorTest {
  @Test
  void endOfAnEmptyLogIsSaidAtTheStart() throws Exception {
    try (Harness decode = new Harness(0)) {
      decode.start(null);

      assertThat(decode.steps()).containsExactly("end");
    }
  }

  @Test
  void endStandsBehindTheLastRecordOfTheStartAndOnlyOnce() throws Exception {
    try (Harness decode = new Harness(2)) {
      decode.start(null);
      decode.proposal(0);
      assertThat(decode.steps()).containsExactly("p0");
      decode.proposal(1);
      decode.proposal(2);

      assertThat(decode.steps()).containsExactly("p0", "p1", "end", "p2");
      assertThat(decode.extractOutputValues())
          .extracting(VersionProposal::proposalId)
          .containsExactly("p0", "p1", "p2");
    }
  }

  @Test
  void recordsKeepTheirKafkaTimestamps() throws Exception {
    try (Harness decode = new Harness(1)) {
      decode.start(null);
      decode.proposal(0);

      assertThat(decode.getOutput().peek())
          .isInstanceOfSatisfying(
              StreamRecord.class, record -> assertThat(record.getTimestamp()).isEqualTo(100));
    }
  }

  /** Nobody can read it, and no start must wait for it. */
  @Test
  void lastRecordThatCannotBeDecodedIsTheEndAsWell() throws Exception {
    try (Harness decode = new Harness(2)) {
      decode.start(null);
      decode.proposal(0);
      decode.record(1, "{".getBytes(UTF_8));

      assertThat(decode.steps()).containsExactly("p0", "end");
      assertThat(decode.getSideOutput(DeadLetters.TAG)).hasSize(1);
    }
    try (Harness decode = new Harness(1)) {
      decode.start(null);
      decode.record(0, null);

      assertThat(decode.steps()).containsExactly("end");
      assertThat(decode.getSideOutput(DeadLetters.TAG)).hasSize(1);
    }
  }

  @Test
  void restoredStateThatHasReadTheLogSaysSoAtTheStart() throws Exception {
    OperatorSubtaskState state;
    try (Harness decode = new Harness(2)) {
      decode.start(null);
      decode.proposal(0);
      decode.proposal(1);
      state = decode.snapshot(1, 1);
    }
    try (Harness decode = new Harness(2)) {
      decode.start(state);

      assertThat(decode.steps()).containsExactly("end");
    }
    try (Harness decode = new Harness(3)) {
      decode.start(state);
      assertThat(decode.steps()).isEmpty();
      decode.proposal(2);

      assertThat(decode.steps()).containsExactly("p2", "end");
    }
  }

  private static final class Harness
      extends OneInputStreamOperatorTestHarness<InboundRecord, VersionProposal> {
    Harness(long end) throws Exception {
      super(new DecodeVersionsOperator(() -> Map.of(0, end)));
    }

    void start(@Nullable OperatorSubtaskState restored) throws Exception {
      setup();
      initializeState(restored);
      open();
      setProcessingTime(1);
    }

    void proposal(long offset) throws Exception {
      VersionProposal proposal =
          new VersionProposal(
              "p" + offset,
              1,
              new StateChange(VersionState.READY, VersionState.ACTIVE),
              "test",
              null,
              null,
              null,
              Instant.EPOCH);
      record(offset, Codecs.VERSION_PROPOSAL.encode(proposal));
    }

    void record(long offset, byte @Nullable [] value) throws Exception {
      processElement(
          new StreamRecord<>(
              new InboundRecord("versions", 0, offset, 100, null, value, List.of()), 100));
    }

    /** Ids of the proposals, and where the end stands. */
    List<String> steps() {
      var steps = getSideOutput(DecodeVersionsOperator.STEPS);
      return steps == null ? List.of() : steps.stream().map(step -> name(step.getValue())).toList();
    }

    private static String name(VersionStep step) {
      VersionProposal proposal = step.proposal();
      return proposal == null ? "end" : proposal.proposalId();
    }
  }
}
