package io.realmstream.jobs.retriever.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.realmstream.jobs.HeadlessMaskedReader;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampFunctionTest extends StampHarness {
  @Test
  void queryBeforeTheFirstVersionHasNoIndex() throws Exception {
    end();
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

  @Test
  void maskedQuestionIsInvalidWhereTheVersionHasNoReaderForIt() throws Exception {
    serveFirst();
    ask(QueryKind.MASKED_LM, SearchLimit.first(5));

    assertThat(stamps()).isEmpty();
    assertThat(answers()).extracting(AnswerResult::status).containsExactly(AnswerStatus.INVALID);
    assertThat(answers().get(0).reason()).contains("realm model install bert-base-mlm");
  }

  @Test
  void stampNamesTheReaderOfTheKind() throws Exception {
    serveFirst(CHECKPOINT.with(HeadlessMaskedReader.part()));
    ask(QueryKind.OPEN_QA, SearchLimit.first(5));
    ask(QueryKind.MASKED_LM, SearchLimit.first(5));

    assertThat(harness.extractOutputValues())
        .extracting(stamped -> stamped.version().reader())
        .containsExactly(
            TowerDigest.of(CHECKPOINT.reader()).toString(),
            TowerDigest.of(HeadlessMaskedReader.part()).toString());
  }

  @Test
  void questionGetsTheVersionThatItNames() throws Exception {
    serveFirst();
    replaceBy(CHECKPOINT.with(HeadlessMaskedReader.part()));
    propose(2, VersionState.ACTIVE, VersionState.READY, null);
    List<Integer> stamps = List.of();
    while (stamps.isEmpty()) {
      askVersion(1); // the next one may be open by now, or not
      stamps = stamps();
    }
    assertThat(stamps).containsExactly(1);
    assertThat(answers()).extracting(AnswerResult::reason).isSubsetOf("version 1 is being opened");
  }

  @Test
  void questionForAVersionThatDoesNotServeIsToldSo() throws Exception {
    serveFirst();
    propose(2, null, VersionState.BUILDING, unopenable());
    askVersion(2);
    askVersion(3);

    assertThat(stamps()).isEmpty();
    assertThat(answers())
        .extracting(AnswerResult::status, AnswerResult::reason)
        .containsExactly(
            tuple(AnswerStatus.UNAVAILABLE_VERSION, "version 2 is BUILDING"),
            tuple(AnswerStatus.UNAVAILABLE_VERSION, "there is no version 3"));
  }

  @Test
  void versionThatIsNamedServesThoughTheActiveOneCannotBeOpened() throws Exception {
    end();
    propose(1, null, VersionState.BUILDING, CHECKPOINT);
    propose(1, VersionState.BUILDING, VersionState.READY, null);
    propose(2, null, VersionState.BUILDING, unopenable());
    propose(2, VersionState.BUILDING, VersionState.ACTIVE, null);
    List<Integer> stamps = List.of();
    while (stamps.isEmpty()) {
      askVersion(1);
      stamps = stamps();
    }
    assertThat(stamps).containsExactly(1);
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

  /** Another search of a question keeps the deadline of the first. */
  @Test
  void searchThatIsMadeAgainAfterTheDeadlineIsAnsweredTimedOut() throws Exception {
    serveFirst();
    harness.setProcessingTime(DEADLINE_MS);
    ask(SearchLimit.first(5).twice(1_000));

    assertThat(stamps()).isEmpty();
    assertThat(answers())
        .containsExactly(
            AnswerResult.without(
                AnswerStatus.TIMED_OUT,
                "realm.query.timeout: passed before the query was read",
                QueryKind.RETRIEVE));
  }

  /** The wait holds the task and its checkpoints, so it does not last until any deadline. */
  @Test
  void questionWaitsForTheFirstModelsUpToABoundOnly() throws Exception {
    close();
    open(new StampFunction(MODELS, 16, Duration.ZERO));
    end();
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

  /** Another document tower, and a query tower whose file is not there. */
  static RetrieverCheckpoint unopenable() {
    Part missing = new Part("classpath:no-such-model.onnx", "0".repeat(64));
    return new RetrieverCheckpoint(
        "unopenable",
        tower(CHECKPOINT.documentTower().trunk()),
        tower(missing),
        CHECKPOINT.reader(),
        CHECKPOINT.scoreScale(),
        null,
        null,
        null);
  }
}
