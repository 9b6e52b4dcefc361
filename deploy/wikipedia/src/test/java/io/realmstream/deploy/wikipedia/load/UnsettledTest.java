package io.realmstream.deploy.wikipedia.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.wikipedia.PageOutcome;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnsettledTest {
  private static final Instant T = Instant.parse("2026-04-01T00:00:00Z");

  private final Unsettled unsettled = new Unsettled();

  @BeforeEach
  void send() {
    unsettled.sent("enwiki:1", 10_000);
    unsettled.sent("enwiki:2", 0);
  }

  @Test
  void pageWithoutTextWeighsSomething() {
    assertThat(unsettled.bytes()).isEqualTo(10_512);
    assertThat(unsettled.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORED", "HELD", "LATE", "FETCH_FAILED", "UNKNOWN_KIND"})
  void pageThatIsNotPublishedEndsWithItsOutcome(PageOutcome outcome) {
    unsettled.outcome(outcome(1L, outcome));
    assertThat(unsettled.bytes()).isEqualTo(512);
  }

  @ParameterizedTest
  @EnumSource(names = {"PUBLISHED", "DELETED", "PURGED", "REPAIRED", "TEXT_CUT"})
  void pageThatIsPublishedEndsWithTheStatusOfItsDocument(PageOutcome outcome) {
    unsettled.outcome(outcome(1L, outcome));
    assertThat(unsettled.count()).isEqualTo(2);
    unsettled.status(status("enwiki:1", Outcome.ADDED, T, null));
    assertThat(unsettled.count()).isEqualTo(2);
    unsettled.status(status("enwiki:1", Outcome.ADDED, T, T));
    assertThat(unsettled.bytes()).isEqualTo(512);
  }

  @Test
  void documentThatFailedIsAnEndToo() {
    unsettled.status(status("enwiki:1", Outcome.FAILED, null, null));
    assertThat(unsettled.bytes()).isEqualTo(512);
  }

  @Test
  void pageSentTwiceEndsOnce() {
    unsettled.sent("enwiki:1", 1_000);
    assertThat(unsettled.bytes()).isEqualTo(11_512);
    unsettled.outcome(outcome(1L, PageOutcome.IGNORED));
    unsettled.outcome(outcome(1L, PageOutcome.IGNORED));
    assertThat(unsettled.bytes()).isEqualTo(512);
  }

  @Test
  void whatWasSaidOfOtherPagesChangesNothing() {
    unsettled.outcome(outcome(3L, PageOutcome.IGNORED));
    unsettled.outcome(outcome(null, PageOutcome.GAP));
    unsettled.status(status("enwiki:3", Outcome.ADDED, T, T));
    assertThat(unsettled.bytes()).isEqualTo(10_512);
  }

  private static WikipediaOutcome outcome(@Nullable Long pageId, PageOutcome outcome) {
    return new WikipediaOutcome("enwiki", pageId, 7L, outcome, null, null, null, T);
  }

  private static DocumentStatus status(
      String id, Outcome outcome, @Nullable Instant published, @Nullable Instant answerable) {
    return new DocumentStatus(
        id,
        1,
        outcome,
        null,
        new PassageChanges(0, 0, 0, 0),
        VectorCounts.NONE,
        1,
        new EditProgress(T, published, answerable));
  }
}
