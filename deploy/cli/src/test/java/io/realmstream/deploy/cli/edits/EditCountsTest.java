package io.realmstream.deploy.cli.edits;

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

class EditCountsTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> failures = new ArrayList<>();
  private final EditCounts counts = new EditCounts(failures::add);

  @Test
  void outcomesAndVectorsAreAddedUp() {
    counts.add(Outcome.ADDED, status(Outcome.ADDED, 3, 0, 0));
    counts.add(Outcome.UPDATED, status(Outcome.UPDATED, 1, 2, 4));
    counts.add(Outcome.FAILED, status(Outcome.FAILED, 0, 0, 0));

    assertThat(counts.describe())
        .isEqualTo(
            "added 1, updated 1, unchanged 0, deleted 0, stale 0, failed 1;"
                + " passages embedded 4, re-projected 2, reused 4");
    assertThat(failures).containsExactly("varn: because");
  }

  /** Its own vectors were never made; those of the edit that overtook it are counted with that. */
  @Test
  void overtakenEditAddsNoVectors() {
    counts.add(Outcome.STALE, status(Outcome.UPDATED, 5, 0, 0));

    assertThat(counts.describe()).contains("stale 1", "embedded 0");
  }

  private static DocumentStatus status(Outcome outcome, int embedded, int reprojected, int reused) {
    return new DocumentStatus(
        "varn",
        1,
        outcome,
        "because",
        new PassageChanges(0, 0, 0, 0),
        new VectorCounts(0, embedded, reprojected, reused),
        1,
        new EditProgress(TIME, TIME, TIME));
  }
}
