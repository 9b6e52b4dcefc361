package io.realmstream.deploy.wikipedia.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlanceTest {
  @Test
  void changeOfAPageIsSeen() {
    Glance glance =
        of(
            """
            {"$schema":"/mediawiki/page/change/1.2.0","dt":"2026-04-01T00:00:01Z","page_id":99,
             "meta":{"dt":"2026-04-01T00:00:02Z","domain":"en.wikipedia.org","topic":"eqiad.x",
                     "partition":0,"offset":17,"deep":{"dt":"no"}},
             "wiki_id":"enwiki","page":{"page_id":974,"namespace_id":118,"is_redirect":false},
             "prior_state":{"page":{"namespace_id":0},"revision":{"rev_id":1}},
             "revision":{"page_id":5,"content_slots":{"main":{"page":{"page_id":6}}}}}
            """);
    assertThat(glance)
        .isEqualTo(
            new Glance(
                "enwiki",
                974L,
                118,
                0,
                Instant.parse("2026-04-01T00:00:02Z"),
                false,
                new Glance.Place("eqiad.x/0", 17)));
  }

  @Test
  void hiddenRevisionIsSeen() {
    Glance glance =
        of(
            "{\"database\":\"dewiki\",\"page_id\":7,\"page_namespace\":0,"
                + "\"meta\":{\"dt\":\"2026-04-01T00:00:02Z\",\"domain\":\"de.wikipedia.org\"}}");
    assertThat(glance.wiki()).isEqualTo("dewiki");
    assertThat(glance.pageId()).isEqualTo(7);
    assertThat(glance.namespace()).isZero();
    assertThat(glance.place()).isNull();
  }

  @Test
  void canaryIsKnownByItsDomain() {
    assertThat(of("{\"meta\":{\"domain\":\"canary\"}}").canary()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1]", "null", "{\"wiki_id\":\"enwiki\",}", "\u0000", "{\"a\":1"})
  void whatIsNoObjectSaysNothing(String data) {
    assertThat(of(data)).isEqualTo(new Glance(null, null, null, null, null, false, null));
  }

  @Test
  void wrongTypesSayNothing() {
    assertThat(
            of(
                "{\"wiki_id\":{\"a\":1},\"page\":{\"page_id\":\"x\",\"namespace_id\":[0]},"
                    + "\"meta\":{\"dt\":\"yesterday\",\"topic\":1}}"))
        .isEqualTo(new Glance(null, null, null, null, null, false, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "1970-01-01T00:00:00Z"})
  void timeThatNoEventCanHaveSaysNothing(String time) {
    assertThat(of("{\"meta\":{\"dt\":\"" + time + "\"}}").time()).isNull();
  }

  @Test
  void nestingWithoutEndIsNoObject() {
    assertThat(of("{\"a\":" + "[".repeat(100_000)).wiki()).isNull();
  }

  private static Glance of(String data) {
    return Glance.of(data.getBytes(UTF_8));
  }
}
