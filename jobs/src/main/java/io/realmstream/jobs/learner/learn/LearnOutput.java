package io.realmstream.jobs.learner.learn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.learning.LearningOutcome;
import io.realmstream.schemas.learning.LearningProgress;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** What leaves the learner. */
public final class LearnOutput {
  /** Records of the topic of learning status. */
  public static final OutputTag<OutboundRecord> STATUS = new OutputTag<>("learning-status") {};

  /** Requests for shards of which something was lost, or never told. */
  public static final OutputTag<OutboundRecord> REQUESTS = new OutputTag<>("requests") {};

  /** Proposals to leave a version, for the version log. */
  public static final OutputTag<OutboundRecord> PROPOSALS = new OutputTag<>("proposals") {};

  private final Output<StreamRecord<OutboundRecord>> output;
  private final HeadFolder folder;
  private final LearnMetrics metrics;
  private final LongSupplier clockMs;

  LearnOutput(
      Output<StreamRecord<OutboundRecord>> output,
      HeadFolder folder,
      LearnMetrics metrics,
      LongSupplier clockMs) {
    this.output = output;
    this.folder = folder;
    this.metrics = metrics;
    this.clockMs = clockMs;
  }

  /** Publishes a checkpoint, behind the files that it names. */
  void publish(Candidate candidate) {
    folder.write(candidate.queryHead());
    folder.write(candidate.documentHead());
    String retriever = candidate.checkpoint().retriever();
    output.collect(
        new StreamRecord<>(
            OutboundRecord.byKey(
                retriever.getBytes(UTF_8),
                Codecs.RETRIEVER_CHECKPOINT.encode(candidate.checkpoint()))));
    metrics.count(LearningOutcome.PUBLISHED);
    tell(
        new LearningStatus(
            retriever,
            LearningOutcome.PUBLISHED,
            candidate.progress(),
            candidate.judgement(),
            candidate.id(),
            null,
            now()));
  }

  /** Says what a pass led to. */
  void tell(String retriever, PassWork.Outcome pass) {
    Candidate candidate = pass.candidate();
    metrics.passed(pass.outcome(), pass.progress());
    tell(
        new LearningStatus(
            retriever,
            pass.outcome(),
            pass.progress(),
            pass.judgement(),
            candidate == null ? null : candidate.id(),
            null,
            now()));
  }

  /**
   * Says how the version in force compares with the one before, and leaves it if it is worse.
   *
   * @param progress how far learning has come
   */
  void tell(
      VersionEntry active, VersionEntry previous, LearningProgress progress, Verdict verdict) {
    LearningOutcome outcome = verdict.isFall() ? LearningOutcome.ROLLED_BACK : LearningOutcome.KEPT;
    if (verdict.isFall()) {
      leave(active.version(), previous.version(), verdict);
    }
    metrics.count(outcome);
    tell(
        new LearningStatus(
            active.checkpoint().retriever(),
            outcome,
            progress,
            Judgements.of(verdict, 0),
            null,
            active.version(),
            now()));
  }

  /** A repetition has the same id, and so changes nothing. */
  private void leave(int from, int to, Verdict verdict) {
    String id = "%s: version %d back to %d".formatted(LearnOperator.UID, from, to);
    VersionProposal proposal =
        new VersionProposal(
            id,
            to,
            new StateChange(VersionState.READY, VersionState.ACTIVE),
            LearnOperator.UID,
            "version %d finds held-out documents worse: %s"
                .formatted(from, Judgements.inWords(verdict)),
            null,
            null,
            now());
    output.collect(
        PROPOSALS,
        new StreamRecord<>(
            OutboundRecord.byKey(id.getBytes(UTF_8), Codecs.VERSION_PROPOSAL.encode(proposal))));
  }

  private void tell(LearningStatus status) {
    output.collect(
        STATUS,
        new StreamRecord<>(
            OutboundRecord.byKey(
                status.retriever().getBytes(UTF_8), Codecs.LEARNING_STATUS.encode(status))));
  }

  /** Asks for a shard once more. */
  void ask(RepublicationRequest request) {
    metrics.asked();
    output.collect(
        REQUESTS,
        new StreamRecord<>(
            OutboundRecord.byKey(
                String.valueOf(request.shard()).getBytes(UTF_8),
                Codecs.REPUBLICATION_REQUEST.encode(request))));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clockMs.getAsLong());
  }
}
