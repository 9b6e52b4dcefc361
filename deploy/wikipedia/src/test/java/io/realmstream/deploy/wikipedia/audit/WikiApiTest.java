package io.realmstream.deploy.wikipedia.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WikiApiTest {
  @Test
  void pagesAreListedWithoutTextAndToTheEnd() throws Exception {
    try (ApiServer server = new ApiServer(Set.of(2L))) {
      for (long page = 1; page <= 502; page++) {
        server.pages.put(page, page * 10);
      }
      WikiApi api = server.api();
      ListedPages first = api.pages(0, null);
      assertThat(first.pages()).hasSize(500);
      assertThat(first.pages().get(1).textBytes()).isEqualTo(3_000);
      assertThat(first.pages().get(1).observed())
          .isEqualTo(
              new WikipediaObserved(
                  WikipediaObserved.SCHEMA,
                  "enwiki",
                  3,
                  Instant.parse(ApiServer.NOW),
                  ObservedState.PRESENT,
                  new ObservedPage("Title 3", 0, false, "wikitext"),
                  new ObservedRevision(30L, Instant.parse("2026-03-01T10:00:00Z"), null, null)));
      ListedPages last = api.pages(0, first.next());
      assertThat(last.pages()).extracting(page -> page.observed().pageId()).containsExactly(502L);
      assertThat(last.next()).isNull();
      assertThat(server.lastAgent()).isEqualTo("realmstream (a@example.org)");
      assertThat(api.requests()).isEqualTo(2);
    }
  }

  @Test
  void pageByNumberMayBeGoneOrARedirect() throws Exception {
    try (ApiServer server = new ApiServer(Set.of(2L))) {
      server.pages.put(2L, 20L);
      List<ListedPages.Page> pages = server.api().pages(2, 7);
      assertThat(pages.get(0).observed().page().redirect()).isTrue();
      assertThat(pages.get(1).observed().state()).isEqualTo(ObservedState.GONE);
      assertThat(pages.get(1).observed().pageId()).isEqualTo(7);
      assertThat(pages.get(1).textBytes()).isZero();
    }
  }

  @Test
  void refusalsAndLagAreAskedAgainAndNotForEver() throws Exception {
    try (ApiServer server = new ApiServer(Set.of())) {
      server.pages.put(1L, 10L);
      server.refusals.addAll(List.of(429, 503, 200));
      WikiApi api = server.api();
      assertThat(api.pages(0, null).pages()).hasSize(1);
      assertThat(api.requests()).isEqualTo(4);
      server.refusals.addAll(List.of(429, 429, 500, 503, 503));
      assertThatThrownBy(() -> api.pages(0, null))
          .isInstanceOf(IOException.class)
          .hasMessage("the wiki answers 503");
      assertThat(api.requests()).isEqualTo(8);
    }
  }

  @Test
  void replyThatStallsIsAskedForAgain() throws Exception {
    try (ApiServer server = new ApiServer(Set.of())) {
      server.pages.put(1L, 10L);
      server.stalls = true;
      WikiApi api = server.api();
      assertThat(api.pages(0, null).pages()).hasSize(1);
      assertThat(api.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Wed, 01 Apr 2026 00:00:00 GMT", "-1", "0.5", ""})
  void retryAfterThatIsNoNumberIsNone(String retryAfter) throws Exception {
    try (ApiServer server = new ApiServer(Set.of())) {
      server.pages.put(1L, 10L);
      server.refusals.add(429);
      server.retryAfter = retryAfter;
      assertThat(server.api().pages(0, null).pages()).hasSize(1);
    }
  }

  @Test
  void pageThatCannotBeUsedIsToldAndTheOthersCount() throws Exception {
    try (ApiServer server = new ApiServer(Set.of())) {
      server.replies.add(
          """
          {"curtimestamp":"%s","query":{"pages":[
            {"pageid":7,"ns":0,"title":"A"},
            {"pageid":8,"ns":0,"title":"B","revisions":[{"revid":80,"timestamp":"yesterday"}]},
            {"ns":-1,"title":"Special:C","special":true,"missing":true},
            {"pageid":9,"missing":true}]}}
          """
              .formatted(ApiServer.NOW));
      assertThat(server.api().pages(7, 8, 9))
          .extracting(page -> page.observed().pageId())
          .containsExactly(9L);
      assertThat(server.messages).hasSize(3);
      assertThat(server.messages.get(0))
          .isEqualTo("page 7 is left out, the wiki's reply is not understood: it has no revision");
      assertThat(server.messages.get(2)).startsWith("page without a number is left out");
    }
  }
}
