package io.realmstream.jobs.wikipedia.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.wikipedia.MeasuredEnvironment;
import io.realmstream.model.wikipedia.ContentHash;
import io.realmstream.model.wikipedia.PageFacts;
import io.realmstream.model.wikipedia.PageText;
import io.realmstream.model.wikipedia.RevisionFacts;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.model.wikipedia.StatementKind;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeEventFunctionTest {
  private static final String EDIT =
      """
      {"$schema": "/mediawiki/page/change/1.2.0", "dt": "2026-03-01T09:30:00Z",
       "meta": {"dt": "2026-03-01T09:30:00.123Z", "domain": "en.wikipedia.org", "stream": "x"},
       "changelog_kind": "update", "page_change_kind": "edit", "wiki_id": "enwiki",
       "performer": {}, "comment": "c", "surprise": [1, 2],
       "page": {"page_id": 974, "page_title": "Ada_Lovelace", "namespace_id": 0,
                "is_redirect": false},
       "revision": {"rev_id": 12, "rev_dt": "2026-03-01T09:30:00Z", "is_content_visible": true,
                    "content_slots": {"main": {"content_model": "wikitext",
                                               "content_sha1": "abc"}}},
       "prior_state": {"revision": {"rev_id": 11}}}
      """;

  private final MeasuredEnvironment metrics = new MeasuredEnvironment();
  private final OneInputStreamOperatorTestHarness<InboundRecord, Statement> harness;
  private long offset;

  DecodeEventFunctionTest() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeEventFunction(Set.of("enwiki"))), metrics.create());
  }

  @BeforeEach
  void open() throws Exception {
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private List<Statement> decoded(String event) throws Exception {
    InboundRecord record =
        new InboundRecord("events", 0, offset++, 0, null, event.getBytes(UTF_8), List.of());
    harness.processElement(record, 0);
    return harness.extractOutputValues();
  }

  private int deadLetters() {
    var letters = harness.getSideOutput(DeadLetters.TAG);
    return letters == null ? 0 : letters.size();
  }

  @Test
  void anEdit() throws Exception {
    long ms = Instant.parse("2026-03-01T09:30:00Z").toEpochMilli();
    assertThat(decoded(EDIT))
        .containsExactly(
            new Statement(
                "enwiki",
                974,
                StatementKind.EDIT,
                ms,
                ms + 123,
                new PageFacts("Ada Lovelace", 0, false, "wikitext"),
                new RevisionFacts(12, ms, "abc", 11, true),
                null));
  }

  @Test
  void anEditWithItsText() throws Exception {
    String event = EDIT.replace("\"content_sha1\": \"abc\"", "\"content_body\": \"'''Ada''' was\"");
    Statement statement = decoded(event).get(0);
    assertThat(statement.text())
        .isEqualTo(new PageText("'''Ada''' was", TextFormat.WIKITEXT, false));
    assertThat(statement.revision().contentHash()).isEqualTo(ContentHash.of("'''Ada''' was"));
  }

  @Test
  void aBodyThatIsNullIsToBeFetched() throws Exception {
    String event = EDIT.replace("\"content_sha1\": \"abc\"", "\"content_body\": null");
    assertThat(decoded(event).get(0).text()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "create,CREATE",
    "move,MOVE",
    "delete,DELETE",
    "undelete,UNDELETE",
    "visibility_change,SHOW",
    "merge,UNKNOWN"
  })
  void eachKind(String kind, StatementKind expected) throws Exception {
    String event =
        EDIT.replace("\"page_change_kind\": \"edit\"", "\"page_change_kind\": \"" + kind + "\"");
    assertThat(decoded(event)).extracting(Statement::kind).containsExactly(expected);
  }

  @Test
  void anUnknownChangelogKindIsUnknown() throws Exception {
    assertThat(decoded(EDIT.replace("\"update\"", "\"upsert\"")).get(0).kind())
        .isEqualTo(StatementKind.UNKNOWN);
  }

  @Test
  void aDeletionWithoutPerformerIsASuppression() throws Exception {
    String event = EDIT.replace("\"edit\"", "\"delete\"").replace("\"performer\": {},", "");
    assertThat(decoded(event).get(0).kind()).isEqualTo(StatementKind.SUPPRESS);
  }

  @Test
  void aDeletionWhosePerformerOrSlotsAreNullIsASuppression() throws Exception {
    String event = EDIT.replace("\"edit\"", "\"delete\"");
    decoded(event.replace("\"performer\": {}", "\"performer\": null"));
    int slots = event.indexOf("\"content_slots\"");
    int end = event.indexOf("\"prior_state\"");
    assertThat(
            decoded(
                event.substring(0, slots) + "\"content_slots\": null}, " + event.substring(end)))
        .extracting(Statement::kind)
        .containsExactly(StatementKind.SUPPRESS, StatementKind.SUPPRESS);
  }

  @Test
  void aHiddenTextIsHidden() throws Exception {
    String event =
        EDIT.replace("\"edit\"", "\"visibility_change\"")
            .replace("\"is_content_visible\": true", "\"is_content_visible\": false");
    assertThat(decoded(event).get(0).kind()).isEqualTo(StatementKind.HIDE);
  }

  @Test
  void anUndeleteUnderAnotherNumberSpeaksOfBoth() throws Exception {
    String event =
        EDIT.replace("\"edit\"", "\"undelete\"")
            .replace("\"prior_state\": {", "\"prior_state\": {\"page\": {\"page_id\": 5}, ");
    assertThat(decoded(event))
        .extracting(said -> said.key() + " " + said.kind())
        .containsExactly("enwiki:974 UNDELETE", "enwiki:5 RENUMBERED");
  }

  @Test
  void anyRevisionThatIsHidden() throws Exception {
    String event =
        """
        {"$schema": "/mediawiki/revision/visibility-change/1.1.0", "database": "enwiki",
         "meta": {"dt": "2026-03-01T09:30:00Z", "domain": "en.wikipedia.org"},
         "page_id": 974, "page_title": "Ada_Lovelace", "page_namespace": 0, "rev_id": 7,
         "rev_timestamp": "2019-03-01T09:30:00Z", "visibility": {"text": VISIBLE, "user": false}}
        """;
    decoded(event.replace("VISIBLE", "true"));
    assertThat(decoded(event.replace("VISIBLE", "false")))
        .extracting(said -> said.kind() + " " + said.revision().id())
        .containsExactly("HIDE_REVISION 7");
    assertThat(deadLetters()).isZero();
    decoded(event.replace("VISIBLE", "false").replace("\"database\": \"enwiki\",", ""));
    decoded(event.replace("VISIBLE", "false").replace("\"dt\": \"2026-03-01T09:30:00Z\", ", ""));
    assertThat(deadLetters()).isEqualTo(2);
  }

  @Test
  void whatSomebodySaw() throws Exception {
    String event =
        """
        {"$schema": "/realm/wikipedia/observed/1", "wiki": "enwiki", "pageId": 974,
         "observedAt": "2026-03-01T00:00:00Z", "state": "PRESENT", "title": "Ada Lovelace",
         "namespace": 0, "redirect": false, "contentModel": "wikitext", "revisionId": 12,
         "revisionTime": "2026-02-27T18:04:11Z", "text": "Ada"}
        """;
    Statement statement = decoded(event).get(0);
    assertThat(statement.kind()).isEqualTo(StatementKind.SEEN_PRESENT);
    assertThat(statement.revision().contentHash()).isEqualTo(ContentHash.of("Ada"));
    decoded(event.replace("\"title\": \"Ada Lovelace\",", ""));
    assertThat(deadLetters()).isEqualTo(1);
    assertThat(decoded(event.replace("PRESENT", "GONE")).get(1).kind())
        .isEqualTo(StatementKind.SEEN_GONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "[]",
        "{}",
        "{\"$schema\": \"/mediawiki/page/change/1.2.0\"}",
      })
  void whatIsNoEventIsADeadLetter(String event) throws Exception {
    assertThat(decoded(event)).isEmpty();
    assertThat(deadLetters()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"page_id\": 974|\"page_id\": \"974\"",
        "\"page_id\": 974|\"page_id\": 0",
        "\"page_id\": 974|\"page_id\": 1.5",
        "\"page_id\": 974,|",
        ", \"wiki_id\": \"enwiki\"|",
        "\"wiki_id\": \"enwiki\"|\"wiki_id\": \"\"",
        "\"rev_id\": 12|\"rev_id\": -12",
        "\"dt\": \"2026-03-01T09:30:00Z\"|\"dt\": \"9999-03-01T09:30:00Z\"",
        "\"dt\": \"2026-03-01T09:30:00Z\"|\"dt\": \"yesterday\"",
        "\"page_title\": \"Ada_Lovelace\"|\"page_title\": 7",
        "\"is_redirect\": false|\"is_redirect\": \"no\"",
        "\"content_slots\": {\"main\"|\"content_slots\": {\"main\": 1, \"other\"",
      })
  void aFieldThatIsWrongIsADeadLetter(String right, String wrong) throws Exception {
    assertThat(EDIT).contains(right);
    assertThat(decoded(EDIT.replace(right, wrong == null ? "" : wrong))).isEmpty();
    assertThat(deadLetters()).isEqualTo(1);
  }

  @Test
  void aTitleHasALimit() throws Exception {
    assertThat(decoded(EDIT.replace("Ada_Lovelace", "a".repeat(1_024)))).hasSize(1);
    assertThat(decoded(EDIT.replace("Ada_Lovelace", "a".repeat(1_025)))).hasSize(1);
    assertThat(deadLetters()).isEqualTo(1);
  }

  @Test
  void canariesAndOtherWikisAreOnlyCounted() throws Exception {
    assertThat(decoded(EDIT.replace("en.wikipedia.org", "canary"))).isEmpty();
    assertThat(decoded(EDIT.replace("enwiki", "testwiki"))).isEmpty();
    assertThat(deadLetters()).isZero();
  }

  @Test
  void gapsOfTheFeedAreCountedOfTheWikisThatAreFollowed() throws Exception {
    String gap =
        """
        {"$schema": "/realm/wikipedia/gap/1", "wiki": "enwiki",
         "from": "2026-03-01T00:00:00Z", "to": "2026-03-04T00:00:00Z"}
        """;
    assertThat(metrics.value("realm.feedGaps")).isZero();
    assertThat(decoded(gap)).isEmpty();
    assertThat(metrics.value("realm.feedGaps")).isEqualTo(1);
    decoded(gap.replace("enwiki", "dewiki"));
    assertThat(metrics.value("realm.feedGaps")).isEqualTo(1);
    assertThat(deadLetters()).isZero();
    decoded(gap.replace("2026-03-04T00:00:00Z", "never"));
    assertThat(deadLetters()).isEqualTo(1);
  }
}
