package io.realmstream.jobs.retriever.gather;

import static io.realmstream.jobs.retriever.gather.GatherHarness.DEADLINE_MS;
import static io.realmstream.jobs.retriever.gather.GatherHarness.HEADERS;
import static io.realmstream.jobs.retriever.gather.GatherHarness.HITS_MAX;
import static io.realmstream.jobs.retriever.gather.GatherHarness.decode;
import static io.realmstream.jobs.retriever.gather.GatherHarness.hits;
import static io.realmstream.jobs.retriever.gather.GatherHarness.inbound;
import static io.realmstream.jobs.retriever.gather.GatherHarness.passage;
import static io.realmstream.jobs.retriever.gather.GatherHarness.query;
import static io.realmstream.jobs.retriever.gather.GatherHarness.read;
import static io.realmstream.jobs.retriever.gather.GatherHarness.standing;
import static io.realmstream.jobs.retriever.gather.GatherHarness.uid;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.retriever.query.QueryRequest;
import io.realmstream.model.index.topk.SearchLimit;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.AnswerThresholds;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a question of whose hits some, or nearly all, are copies or stand no more. */
class GatherPassagesFunctionTest {
  private static final SearchLimit LIMIT = new SearchLimit(20, 40);

  private GatherHarness harness;

  @SuppressWarnings("NullAway.Init") // set before each test
  GatherPassagesFunctionTest() {}

  @BeforeEach
  void start() throws Exception {
    harness = new GatherHarness(HITS_MAX);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void enoughThatStandAreExactThoughMoreWasCutOff() throws Exception {
    harness.gather(harness.candidates(query(10), hits(12), LIMIT, true), standing(12));

    assertThat(harness.answer().exact()).isTrue();
    assertThat(harness.again()).isEmpty();
  }

  @Test
  void allThatThereIsIsExactThoughItIsLessThanWanted() throws Exception {
    harness.gather(harness.candidates(query(10), hits(12), LIMIT, false), standing(3));

    assertThat(harness.answer().exact()).isTrue();
    assertThat(harness.again()).isEmpty();
  }

  @Test
  void tooFewThatStandAreSearchedAgainWithTwiceTheLimit() throws Exception {
    harness.gather(harness.candidates(query(10), hits(12), LIMIT, true), standing(9));

    assertThat(harness.answers()).as("one search answers, not both").isEmpty();
    QueryRequest next = read(harness.again().get(0), HITS_MAX);
    assertThat(next.limit()).isEqualTo(new SearchLimit(40, 80));
    assertThat(next.deadlineMs()).isEqualTo(DEADLINE_MS);
    assertThat(next.headers()).usingRecursiveComparison().isEqualTo(HEADERS);
    assertThat(next.query()).isEqualTo(query(10));
    assertThat(next.request()).as("the parts of two searches must not mix").isEqualTo("again-2-41");
  }

  @Test
  void copiesCountOnce() throws Exception {
    List<FoundPassage> found = new ArrayList<>();
    for (int uid = 1; uid <= 12; uid++) {
      found.add(passage(uid, uid / 2));
    }
    harness.gather(harness.candidates(query(8), hits(12), LIMIT, true), found);

    assertThat(harness.again()).as("twelve that stand, of seven contents").hasSize(1);
  }

  @Test
  void passagesThatDifferInWhiteSpaceAloneCountOnce() throws Exception {
    harness.white = new WhiteSpace(" ");
    List<FoundPassage> found = new ArrayList<>();
    for (int uid = 1; uid <= 12; uid++) {
      String text = "text%s%d".formatted(" ".repeat(1 + uid % 2), uid / 2);
      found.add(
          new FoundPassage(
              uid(uid),
              new Hash128(1, uid),
              new QuotedPassage("d", "", text, 1, null, 0, 1, Provenance.NONE)));
    }
    harness.gather(harness.candidates(query(8), hits(12), LIMIT, true), found);

    assertThat(harness.again()).as("twelve contents, which the models see as seven").hasSize(1);
  }

  @Test
  void theOriginDoesNotCountAndTheNullDocumentTakesAPlace() throws Exception {
    QueryOptions options =
        new QueryOptions(
            Normalization.PAPER,
            Decoding.MARGINAL,
            new Competition(true, uid(1).toString(), null),
            4,
            Reading.CERTAIN,
            null,
            AnswerThresholds.NONE,
            null);
    harness.gather(harness.candidates(query(10, options), hits(12), LIMIT, true), standing(10));
    assertThat(harness.answer().exact()).as("nine of ten beside the null document").isTrue();

    harness.gather(harness.candidates(query(11, options), hits(12), LIMIT, true), standing(10));
    assertThat(harness.again()).hasSize(1);
  }

  @Test
  void atTheBoundTheAnswerLeavesAndIsNotExact() throws Exception {
    SearchLimit last = SearchLimit.ofHits(HITS_MAX);
    harness.gather(harness.candidates(query(10), hits(12), last, true), standing(9));

    RetrievedQuery answer = harness.answer();
    assertThat(answer.exact()).isFalse();
    assertThat(answer.partial()).isFalse();
    assertThat(answer.passages()).hasSize(9);
    assertThat(harness.again()).isEmpty();
  }

  @Test
  void withoutABoundNoSearchIsMadeAgain() throws Exception {
    harness.close();
    harness = new GatherHarness(0);
    harness.gather(harness.candidates(query(10), hits(12), LIMIT, true), standing(9));

    assertThat(harness.answer().exact()).isFalse();
    assertThat(harness.again()).isEmpty();
  }

  @Test
  void aQuestionTooLargeForTheTopicIsAnsweredAsItIs() throws Exception {
    harness.headers = List.of(new RecordHeader("large", new byte[8 << 20]));
    harness.gather(harness.candidates(query(10), hits(12), LIMIT, true), standing(9));

    assertThat(harness.answer().exact()).isFalse();
    assertThat(harness.again()).isEmpty();
  }

  @Test
  void atTheDeadlineOfAnySearchWhatCameLeavesAsPartial() throws Exception {
    harness.ask(harness.candidates(query(10), hits(12), LIMIT, true));
    harness.setProcessingTime(DEADLINE_MS);

    RetrievedQuery answer = harness.answer();
    assertThat(answer.partial()).isTrue();
    assertThat(answer.timedOut()).isTrue();
    assertThat(harness.again()).as("there is no time left").isEmpty();
  }

  @Test
  void aRecordWrittenUnderALargerBoundIsReadWithThisOne() throws Exception {
    harness.gather(harness.candidates(query(1), hits(2), LIMIT, true), standing(0));

    OutboundRecord record = harness.again().get(0);
    assertThat(read(record, 75).limit()).isEqualTo(new SearchLimit(40, 75));
    assertThat(read(record, 0).limit())
        .as("never below the first")
        .isEqualTo(new SearchLimit(40, SearchLimit.first(1).hits()));
  }

  @Test
  void whatIsNoSearchIsADeadLetter() throws Exception {
    var decode = decode(HITS_MAX);
    decode.processElement(new StreamRecord<>(inbound(new byte[] {1, 2}, List.of())));
    decode.processElement(new StreamRecord<>(inbound(null, List.of())));

    assertThat(decode.extractOutputValues()).isEmpty();
    assertThat(decode.getSideOutput(DeadLetters.TAG)).hasSize(2);
    decode.close();
  }
}
