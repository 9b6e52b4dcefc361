package io.realmstream.jobs.retriever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.realmstream.jobs.Models;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.index.SearchLimit;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.AnswerResult;
import io.realmstream.schemas.query.AnswerStatus;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.Test;

class StampFunctionTest {
  private static final Models MODELS = new Models(Path.of("target", "models").toString());
  private static final RetrieverCheckpoint CHECKPOINT = DefaultCheckpoints.minilm();

  private TwoInputStreamOperatorTestHarness<QueryRequest, StampInput, StampedQuery> harness;
  private int proposals;

  @SuppressWarnings("NullAway.Init") // set before each test
  StampFunctionTest() {}

  @BeforeEach
  void open() throws Exception {
    open(new StampFunction(MODELS, 16));
  }

  private void open(StampFunction stamp) throws Exception {
    harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(stamp, List.of(StampFunction.VERSIONS)));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void queryBeforeTheFirstVersionHasNoIndex() throws Exception {
    ask();

    assertThat(answers()).extracting(AnswerResult::status).containsExactly(AnswerStatus.NO_INDEX);
  }

  @Test
  void versionInForceServesUntilTheModelsOfTheNextAreOpen() throws Exception {
    serveFirst();
    replaceBy(unopenable());
    ask();

    assertThat(stamps()).containsExactly(1);
  }

  /** Its vectors go away: better no answer than one from what is left. */
  @Test
  void retiredVersionServesNoMoreThoughTheNextCannotBeOpened() throws Exception {
    serveFirst();
    replaceBy(unopenable());
    propose(1, VersionState.READY, VersionState.RETIRED, null);
    ask();

    assertThat(stamps()).isEmpty();
    assertThat(answers())
        .extracting(AnswerResult::status)
        .containsExactly(AnswerStatus.UNAVAILABLE_VERSION);
  }

  /** Not the greatest, which could be of a run that is gone. */
  @Test
  void queryGetsTheMarkThatCameLast() throws Exception {
    serveFirst();
    ask();
    see(new FreshnessMark(9, 5, null));
    see(new FreshnessMark(4, 1, null));
    ask();
    ask();

    assertThat(harness.extractOutputValues())
        .extracting(StampedQuery::mark)
        .containsExactly(null, new FreshnessMark(4, 1, null), new FreshnessMark(4, 1, null));
  }

  private void see(FreshnessMark mark) throws Exception {
    harness.processElement2(new StreamRecord<>(StampInput.of(mark)));
  }

  /** Another search of a question keeps the deadline of the first. */
  @Test
  void searchThatIsMadeAgainAfterTheDeadlineIsAnsweredTimedOut() throws Exception {
    serveFirst();
    harness.setProcessingTime(600_000);
    ask(SearchLimit.first(5).twice(1_000));

    assertThat(stamps()).isEmpty();
    assertThat(answers()).extracting(AnswerResult::status).containsExactly(AnswerStatus.TIMED_OUT);
  }

  /** The wait holds the task and its checkpoints, so it does not last until any deadline. */
  @Test
  void questionWaitsForTheFirstModelsUpToABoundOnly() throws Exception {
    close();
    open(new StampFunction(MODELS, 16, Duration.ZERO));
    propose(1, null, VersionState.BUILDING, CHECKPOINT);
    propose(1, VersionState.BUILDING, VersionState.ACTIVE, null);
    ask();
    ask();

    assertThat(stamps()).isEmpty();
    assertThat(answers())
        .extracting(AnswerResult::status, AnswerResult::reason)
        .containsOnly(tuple(AnswerStatus.UNAVAILABLE_VERSION, "version 1 is being opened"))
        .hasSize(2);
  }

  private void serveFirst() throws Exception {
    propose(1, null, VersionState.BUILDING, CHECKPOINT);
    propose(1, VersionState.BUILDING, VersionState.ACTIVE, null);
    propose(1, VersionState.ACTIVE, VersionState.READY, null);
    ask();
    assertThat(stamps()).containsExactly(1);
  }

  private void replaceBy(RetrieverCheckpoint checkpoint) throws Exception {
    propose(2, null, VersionState.BUILDING, checkpoint);
    propose(2, VersionState.BUILDING, VersionState.READY, null);
    propose(2, VersionState.READY, VersionState.ACTIVE, null);
  }

  private void propose(
      int version,
      @Nullable VersionState from,
      VersionState to,
      @Nullable RetrieverCheckpoint checkpoint)
      throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            StampInput.of(
                new VersionProposal(
                    "p" + proposals++,
                    version,
                    from,
                    to,
                    "test",
                    null,
                    checkpoint,
                    null,
                    Instant.EPOCH))));
  }

  private void ask() throws Exception {
    ask(SearchLimit.first(5));
  }

  private void ask(SearchLimit limit) throws Exception {
    Query query =
        new Query(
            "q", "Who?", QueryKind.RETRIEVE, 5, null, false, null, null, QueryOptions.DEFAULT);
    harness.processElement1(
        new StreamRecord<>(new QueryRequest("request", query, 600_000, List.of(), limit)));
  }

  /** The versions that queries got since the last call. */
  private List<Integer> stamps() {
    List<Integer> stamps =
        harness.extractOutputValues().stream().map(query -> query.version().number()).toList();
    harness.getOutput().clear();
    return stamps;
  }

  private List<AnswerResult> answers() throws Exception {
    var side = harness.getSideOutput(Outputs.ANSWERS);
    List<AnswerResult> results = new ArrayList<>();
    for (StreamRecord<OutboundRecord> record : side) {
      results.add(Codecs.ANSWER.decode(Objects.requireNonNull(record.getValue().value())).result());
    }
    return results;
  }

  /** Another document tower, and a query tower whose file is not there. */
  private static RetrieverCheckpoint unopenable() {
    Part missing = new Part("classpath:no-such-model.onnx", "0".repeat(64));
    return new RetrieverCheckpoint(
        "unopenable",
        tower(CHECKPOINT.documentTower().trunk()),
        tower(missing),
        CHECKPOINT.reader(),
        CHECKPOINT.scoreScale());
  }

  private static EncoderTower tower(Part trunk) {
    EncoderTower tower = CHECKPOINT.documentTower();
    return new EncoderTower(
        trunk,
        tower.tokenizer(),
        null,
        tower.pooling(),
        tower.normalized(),
        "another: ",
        tower.title(),
        tower.tokensMax());
  }
}
