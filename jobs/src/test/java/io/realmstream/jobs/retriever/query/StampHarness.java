package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.versions.VersionStep;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stamp and what it is told and asked; its output. */
abstract class StampHarness {
  static final Models MODELS = new Models(Path.of("target", "models").toString());
  static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();
  static final long DEADLINE_MS = 1_000_000_000_000L;

  TwoInputStreamOperatorTestHarness<QueryRequest, StampInput, StampedQuery> harness;
  private int proposals;

  @SuppressWarnings("NullAway.Init") // set before each test
  StampHarness() {}

  @BeforeEach
  void open() throws Exception {
    open(new StampFunction(MODELS, 16));
  }

  final void open(StampFunction stamp) throws Exception {
    harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(stamp, List.of(StampFunction.VERSIONS)));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  void see(FreshnessMark mark) throws Exception {
    harness.processElement2(new StreamRecord<>(StampInput.of(mark)));
  }

  void serveFirst() throws Exception {
    serveFirst(CHECKPOINT);
  }

  void serveFirst(RetrieverCheckpoint checkpoint) throws Exception {
    end();
    propose(1, null, VersionState.BUILDING, checkpoint);
    propose(1, VersionState.BUILDING, VersionState.ACTIVE, null);
    propose(1, VersionState.ACTIVE, VersionState.READY, null);
    ask();
    assertThat(stamps()).containsExactly(1);
  }

  void replaceBy(RetrieverCheckpoint checkpoint) throws Exception {
    propose(2, null, VersionState.BUILDING, checkpoint);
    propose(2, VersionState.BUILDING, VersionState.READY, null);
    propose(2, VersionState.READY, VersionState.ACTIVE, null);
  }

  void propose(
      int version,
      @Nullable VersionState from,
      VersionState to,
      @Nullable RetrieverCheckpoint checkpoint)
      throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            StampInput.of(
                new VersionStep(
                    new VersionProposal(
                        "p" + proposals++,
                        version,
                        new StateChange(from, to),
                        "test",
                        null,
                        checkpoint,
                        null,
                        Instant.EPOCH)))));
  }

  void end() throws Exception {
    harness.processElement2(new StreamRecord<>(StampInput.of(VersionStep.END)));
  }

  void ask() throws Exception {
    ask(SearchLimit.first(5));
  }

  void ask(SearchLimit limit) throws Exception {
    ask(QueryKind.RETRIEVE, limit);
  }

  void ask(QueryKind kind, SearchLimit limit) throws Exception {
    ask(kind, QueryScope.ofPassages(5), limit);
  }

  /** Asks a question that names a version. */
  void askVersion(int version) throws Exception {
    QueryScope scope = new QueryScope(5, null, false, null, version);
    ask(QueryKind.RETRIEVE, scope, SearchLimit.first(5));
  }

  private void ask(QueryKind kind, QueryScope scope, SearchLimit limit) throws Exception {
    Query query = new Query("q", "Who [MASK]?", kind, scope, null, QueryOptions.DEFAULT);
    harness.processElement1(
        new StreamRecord<>(new QueryRequest("request", query, DEADLINE_MS, List.of(), limit)));
  }

  /** The versions that queries got since the last call. */
  List<Integer> stamps() {
    List<Integer> stamps =
        harness.extractOutputValues().stream().map(query -> query.version().number()).toList();
    harness.getOutput().clear();
    return stamps;
  }

  List<AnswerResult> answers() throws Exception {
    var side = harness.getSideOutput(Answers.EARLY);
    List<AnswerResult> results = new ArrayList<>();
    if (side == null) {
      return results;
    }
    for (StreamRecord<OutboundRecord> record : side) {
      results.add(Codecs.ANSWER.decode(Objects.requireNonNull(record.getValue().value())).result());
    }
    return results;
  }

  static EncoderTower tower(Part trunk) {
    return tower(trunk, "another: ");
  }

  static EncoderTower tower(Part trunk, String prefix) {
    EncoderTower tower = CHECKPOINT.documentTower();
    return new EncoderTower(
        trunk,
        tower.tokenizer(),
        null,
        tower.pooling(),
        tower.normalized(),
        prefix,
        tower.title(),
        tower.tokensMax());
  }
}
