package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SilentWikisTest {
  /** As Flink's dashboard shows them. */
  private static JsonNode metrics(long english, long german, long waiting) throws IOException {
    return new ObjectMapper()
        .readTree(
            """
            [{"id": "pages.realm.textsWaiting", "max": %d},
             {"id": "pages.realm.wiki.enwiki.unansweredMs", "max": %d},
             {"id": "pages.realm.wiki.dewiki.unansweredMs", "max": %d}]
            """
                .formatted(waiting, english, german));
  }

  @Test
  void aMomentOfSilenceIsNothingToSay() throws IOException {
    assertThat(SilentWikis.words(metrics(0, 0, 100))).isEmpty();
    assertThat(SilentWikis.words(metrics(30_000, 0, 100))).isEmpty();
  }

  @Test
  void aLongSilenceIsSaidOfTheWikiThatIsSilentWithWhatWaits() throws IOException {
    assertThat(SilentWikis.words(metrics(3_720_000, 29_000, 1_234)))
        .containsExactly(
            "enwiki has not answered for 1 h 2 min; texts of all wikis that wait: 1,234;"
                + " deletions go on");
    assertThat(SilentWikis.words(metrics(60_000, 61_000, 1))).hasSize(2);
  }
}
