package io.realmstream.jobs.wikipedia.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.fetch.ApiAnswer.Revision;
import io.realmstream.schemas.wikipedia.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as mediawiki.org documents them. */
class ApiReplyTest {
  private static final String REPLY =
      """
      {"curtimestamp": "2026-03-01T09:30:00Z",
       "continue": {"rvcontinue": "12", "continue": "||"},
       "query": {
         "badrevids": {"9": {"revid": 9, "missing": true}},
         "pages": [
           {"pageid": 974, "ns": 0, "title": "Ada Lovelace", "revisions": [
             {"revid": 10, "parentid": 8, "slots": {"main": {
                "contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": "Ada"}}},
             {"revid": 11, "slots": {"main": {"texthidden": true}}},
             {"revid": 13, "slots": {"main": {"content": ""}}},
             {"revid": 14, "slots": {"main": {"textmissing": true}}},
             {"revid": 15}]},
           {"pageid": 975, "missing": true}]}}
      """;

  @Test
  void eachRevisionHasATextOrAReason() {
    assertThat(read(REPLY))
        .isEqualTo(
            new ApiAnswer.Revisions(
                Map.of(
                    9L, new Revision(null, Reason.NO_SUCH_REVISION),
                    10L, new Revision("Ada", null),
                    11L, new Revision(null, Reason.HIDDEN),
                    13L, new Revision("", null),
                    14L, new Revision(null, Reason.UNREACHABLE),
                    15L, new Revision(null, Reason.UNREACHABLE)),
                Map.of("rvcontinue", "12", "continue", "||"),
                1_772_357_400_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxlag", "ratelimited", "readonly"})
  void anApiThatAsksForPatienceRefuses(String code) {
    assertThat(ApiReply.read(json("{\"error\": {\"code\": \"" + code + "\"}}"), 5_000))
        .isEqualTo(new ApiAnswer.Refused(5_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "[]", "{}", "7", "{\"query\": 7}", "{\"error\": {\"code\": \"x\"}}"})
  void whatIsNoReplyIsBroken(String body) {
    assertThat(read(body)).isInstanceOf(ApiAnswer.Broken.class);
  }

  @Test
  void aReplyOfAHundredThousandLevelsIsBroken() {
    assertThat(read("[".repeat(100_000))).isInstanceOf(ApiAnswer.Broken.class);
  }

  private static ApiAnswer read(String body) {
    return ApiReply.read(json(body), 0);
  }

  private static byte[] json(String body) {
    return body.getBytes(UTF_8);
  }
}
