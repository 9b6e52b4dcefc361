package io.realmstream.deploy.client.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DocumentCountsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final DocumentCounts counts = new DocumentCounts();

  @Test
  void lastStatusOfEachDocumentCounts() {
    add("a", Outcome.ADDED, 3);
    add("b", Outcome.ADDED, 2);
    add("a", Outcome.UPDATED, 5);
    counts(2, 7, 0);
    add("b", Outcome.DELETED, 0);
    counts(1, 5, 0);
  }

  @Test
  void failedAndStaleEditsLeaveTheDocumentAsItWas() {
    add("a", Outcome.ADDED, 3);
    add("a", Outcome.FAILED, 3);
    counts(1, 3, 1);
    add("a", Outcome.STALE, 3);
    counts(1, 3, 1);
    add("a", Outcome.UPDATED, 4);
    counts(1, 4, 0);
  }

  @Test
  void compactionThatLeftOnlyTheFailureLeavesItsCount() {
    add("a", Outcome.FAILED, 3);
    add("new", Outcome.FAILED, 0);
    counts(1, 3, 2);
  }

  @Test
  void emptyDocumentIsADocumentWithoutPassages() {
    add("a", Outcome.ADDED, 0);
    counts(1, 0, 0);
  }

  private void add(String id, Outcome outcome, int passages) {
    counts.add(
        new DocumentStatus(
            id,
            1,
            outcome,
            null,
            new PassageChanges(passages, 0, 0, 0),
            VectorCounts.NONE,
            1,
            new EditProgress(TIME, null, null)));
  }

  private void counts(long documents, long passages, long failed) {
    assertThat(counts.documents()).isEqualTo(documents);
    assertThat(counts.passages()).isEqualTo(passages);
    assertThat(counts.failed()).isEqualTo(failed);
  }
}
