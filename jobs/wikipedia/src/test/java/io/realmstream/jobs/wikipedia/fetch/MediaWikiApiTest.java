package io.realmstream.jobs.wikipedia.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaWikiApiTest {
  @Test
  void aHostThatTakesTheRequestAndSaysNothingDidNotAnswer() throws Exception {
    try (LocalApi host = new LocalApi().text(1, "one").hold()) {
      MediaWikiApi api =
          new MediaWikiApi("realmstream", Duration.ofSeconds(5), Duration.ofMinutes(1));
      assertThat(
              api.revisions(URI.create(host.address()), List.of(1L), Map.of())
                  .get(60, TimeUnit.SECONDS))
          .isEqualTo(new ApiAnswer.Unanswered());
      assertThat(host.requests()).hasSize(1);
    }
  }

  @Test
  void aReplyThatDoesNotEndInTimeIsNone() throws Exception {
    try (LocalApi host = new LocalApi().next(LocalApi.Fault.STALL)) {
      MediaWikiApi api =
          new MediaWikiApi("realmstream", Duration.ofMinutes(1), Duration.ofSeconds(5));
      assertThat(
              api.revisions(URI.create(host.address()), List.of(1L), Map.of())
                  .get(60, TimeUnit.SECONDS))
          .isEqualTo(new ApiAnswer.Unanswered());
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7000", "600,600000", "99999,600000", "soon,0"})
  void noHostStopsTheFollowerForLong(String retryAfter, long pauseMs) {
    assertThat(MediaWikiApi.pauseMs(retryAfter)).isEqualTo(pauseMs);
  }
}
