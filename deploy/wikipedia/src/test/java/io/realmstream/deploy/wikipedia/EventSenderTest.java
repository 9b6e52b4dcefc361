package io.realmstream.deploy.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSenderTest {
  private static final String T = "2026-04-01T00:00:00Z";

  @Test
  void statementIsEncodedAsItsReadersTakeIt() throws Exception {
    WikipediaObserved observed = observed("wikitext", T, T, "text");
    assertThat(Codecs.WIKIPEDIA_OBSERVED.decode(EventSender.encoded(observed))).isEqualTo(observed);
  }

  @ParameterizedTest
  @CsvSource({
    "'', " + T + ", " + T + ", contentModel",
    "wikitext, 1989-04-01T00:00:00Z, " + T + ", its time is not from 1990 to 2099",
    "wikitext, " + T + ", 9999-04-01T00:00:00Z, its time is not from 1990 to 2099",
    "wikitext, " + T + ", +10000-01-01T00:00:00Z, 10000"
  })
  void whatTheFollowerWouldNotTakeIsRefused(
      String model, String seen, String made, String message) {
    assertThatThrownBy(() -> EventSender.encoded(observed(model, seen, made, "text")))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(message);
  }

  @Test
  void textThatIsTooLongAsJsonIsRefused() {
    String text = "\u0001".repeat(2 << 20); // six bytes each
    assertThatThrownBy(() -> EventSender.encoded(observed("wikitext", T, T, text)))
        .isInstanceOf(BadRecordException.class);
  }

  private static WikipediaObserved observed(String model, String seen, String made, String text) {
    return new WikipediaObserved(
        WikipediaObserved.SCHEMA,
        "enwiki",
        7,
        Instant.parse(seen),
        ObservedState.PRESENT,
        new ObservedPage("A", 0, false, model),
        new ObservedRevision(70L, Instant.parse(made), text, null));
  }
}
