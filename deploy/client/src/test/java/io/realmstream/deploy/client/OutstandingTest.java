package io.realmstream.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutstandingTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> ended = new ArrayList<>();
  private final Outstanding outstanding =
      new Outstanding(
          (outcome, status) -> ended.add(status.id() + "@" + status.revision() + " " + outcome));

  @Test
  void answerableStatusOfTheRevisionEndsAnEditOnce() {
    outstanding.acknowledged(outstanding.sending("a", 1L), 1000);
    outstanding.status(answerable("a", 1, Outcome.ADDED));
    outstanding.status(answerable("a", 1, Outcome.UNCHANGED));
    assertThat(ended).containsExactly("a@1 ADDED");
    assertThat(outstanding.count()).isZero();
  }

  @Test
  void publishedButNotAnswerableIsNotTheEnd() {
    outstanding.acknowledged(outstanding.sending("a", 1L), 1000);
    outstanding.status(published("a", 1));
    assertThat(ended).isEmpty();
    assertThat(outstanding.count()).isEqualTo(1);
  }

  @Test
  void failedAndStaleAreEndsWithoutAnAnswer() {
    outstanding.sending("a", 1L);
    outstanding.sending("b", 1L);
    outstanding.status(refused("a", 1, Outcome.FAILED));
    outstanding.status(refused("b", 1, Outcome.STALE));
    assertThat(ended).containsExactly("a@1 FAILED", "b@1 STALE");
  }

  @Test
  void absentRevisionIsTheRecordsTimestamp() {
    outstanding.acknowledged(outstanding.sending("a", null), 1000);
    outstanding.status(answerable("a", 999, Outcome.ADDED));
    assertThat(outstanding.count()).isEqualTo(1);
    outstanding.status(answerable("a", 1000, Outcome.UPDATED));
    assertThat(ended).containsExactly("a@1000 UPDATED");
  }

  @Test
  void statusThatIsFasterThanTheAcknowledgementWaits() {
    Outstanding.Edit edit = outstanding.sending("a", null);
    outstanding.status(answerable("a", 1000, Outcome.ADDED));
    assertThat(ended).isEmpty();
    outstanding.acknowledged(edit, 1000);
    assertThat(ended).containsExactly("a@1000 ADDED");
    assertThat(outstanding.count()).isZero();
  }

  @Test
  void editThatANewerAnswerableRevisionOvertookIsStale() {
    outstanding.sending("a", 1L);
    outstanding.sending("a", 2L);
    outstanding.status(answerable("a", 2, Outcome.ADDED));
    assertThat(ended).containsExactly("a@2 ADDED", "a@2 STALE");
    assertThat(outstanding.count()).isZero();
  }

  @Test
  void newerRevisionThatFailedOvertakesNothing() {
    outstanding.sending("a", 1L);
    outstanding.sending("a", 2L);
    outstanding.status(refused("a", 2, Outcome.FAILED));
    assertThat(ended).containsExactly("a@2 FAILED");
    assertThat(outstanding.count()).isEqualTo(1);
  }

  @Test
  void sameRevisionSentTwiceEndsTwice() {
    outstanding.sending("a", 1L);
    outstanding.sending("a", 1L);
    outstanding.status(answerable("a", 1, Outcome.ADDED));
    assertThat(outstanding.count()).isEqualTo(1);
    outstanding.status(answerable("a", 1, Outcome.UNCHANGED));
    assertThat(ended).containsExactly("a@1 ADDED", "a@1 UNCHANGED");
  }

  @Test
  void editThatTheBrokerRefusedIsNotWaitedFor() {
    outstanding.refused(outstanding.sending("a", 1L));
    assertThat(outstanding.count()).isZero();
    outstanding.status(answerable("a", 1, Outcome.ADDED));
    assertThat(ended).isEmpty();
  }

  @Test
  void documentsOfOthersDoNotCount() {
    outstanding.sending("a", 1L);
    outstanding.status(answerable("b", 1, Outcome.ADDED));
    assertThat(ended).isEmpty();
  }

  private static DocumentStatus answerable(String id, long revision, Outcome outcome) {
    return new DocumentStatus(
        id,
        revision,
        outcome,
        null,
        new PassageChanges(1, 1, 0, 0),
        VectorCounts.NONE,
        1,
        new EditProgress(TIME, TIME, TIME.plusSeconds(1)));
  }

  private static DocumentStatus published(String id, long revision) {
    return new DocumentStatus(
        id,
        revision,
        Outcome.ADDED,
        null,
        new PassageChanges(1, 1, 0, 0),
        VectorCounts.NONE,
        1,
        new EditProgress(TIME, TIME, null));
  }

  private static DocumentStatus refused(String id, long revision, Outcome outcome) {
    return new DocumentStatus(
        id,
        revision,
        outcome,
        "because",
        new PassageChanges(0, 0, 0, 0),
        VectorCounts.NONE,
        1,
        new EditProgress(TIME, null, null));
  }
}
