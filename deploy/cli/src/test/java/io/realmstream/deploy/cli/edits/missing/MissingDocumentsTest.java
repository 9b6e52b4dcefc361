package io.realmstream.deploy.cli.edits.missing;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.VectorCounts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MissingDocumentsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final MissingDocuments missing = new MissingDocuments("notes/");

  @Test
  void whatIsThereAndNotLoadedIsMissing() {
    missing.add(status("notes/a", 3, Outcome.ADDED, 1));
    missing.add(status("notes/b", 4, Outcome.UPDATED, 1));
    missing.add(status("notes/c", 5, Outcome.UNCHANGED, 1));
    missing.add(status("other/d", 6, Outcome.ADDED, 1));
    missing.loaded("notes/b");
    missing.loaded("notes/new");
    assertThat(missing.deletions()).containsExactly(deletion("notes/a", 4), deletion("notes/c", 6));
  }

  @Test
  void whatIsDeletedOrNeverWasThereIsNotMissing() {
    missing.add(status("notes/a", 3, Outcome.ADDED, 1));
    missing.add(status("notes/a", 4, Outcome.DELETED, 0));
    missing.add(status("notes/b", 4, Outcome.FAILED, 0));
    missing.add(status("notes/c", Long.MAX_VALUE, Outcome.ADDED, 1));
    assertThat(missing.deletions()).isEmpty();
  }

  @Test
  void deletionIsLaterThanAnEditThatFailedOrCameLate() {
    missing.add(status("notes/a", 3, Outcome.ADDED, 1));
    missing.add(status("notes/a", 9, Outcome.FAILED, 1));
    missing.add(status("notes/a", 2, Outcome.STALE, 1));
    assertThat(missing.deletions()).containsExactly(deletion("notes/a", 10));
  }

  private static DocumentEdit deletion(String id, long revision) {
    return DocumentEdit.deletion(id, revision);
  }

  private static DocumentStatus status(String id, long revision, Outcome outcome, int passages) {
    return new DocumentStatus(
        id,
        revision,
        outcome,
        null,
        new PassageChanges(passages, 0, 0, 0),
        VectorCounts.NONE,
        1,
        new EditProgress(TIME, TIME, TIME));
  }
}
