package io.realmstream.model.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionDimensionsTest {
  private static final Hash128 UID = new Hash128(1, 2);

  private final VersionDimensions dimensions = new VersionDimensions();

  @Test
  void eachVersionHasItsOwn() {
    assertThat(dimensions.take(vectors(1, 3, 3))).isNull();
    assertThat(dimensions.take(vectors(2, 4))).isNull();
    assertThat(dimensions.take(vectors(2, 4))).isNull();
    assertThat(dimensions.take(vectors(1, 4)))
        .isEqualTo("vector of passage %s: must have 3 dimensions as version 1 has (has 4)", UID);
  }

  @Test
  void recordWithTwoDimensionsIsRefusedAndTeachesNothing() {
    assertThat(dimensions.take(vectors(1, 3, 4))).contains("has 4");
    assertThat(dimensions.take(vectors(1, 4))).isNull();
  }

  @Test
  void recordWithoutVectorsTeachesNothing() {
    assertThat(dimensions.take(vectors(1))).isNull();
    assertThat(dimensions.known()).isEmpty();
  }

  @Test
  void versionThatHadItsTimeIsForgotten() {
    assertThat(dimensions.take(vectors(1, 3))).isNull();
    dimensions.remove(1);
    assertThat(dimensions.take(vectors(1, 4))).isNull();
  }

  @Test
  void aYearOfVersionsLeavesTheNewest() {
    for (int version = 1; version <= 365; version++) {
      dimensions.take(vectors(version, 3));
    }
    assertThat(dimensions.known()).hasSize(VersionDimensions.VERSIONS_MAX).containsEntry(365, 3);
  }

  private static PassageVectors vectors(int version, int... lengths) {
    List<PassageInsert> inserts =
        Arrays.stream(lengths)
            .mapToObj(length -> new PassageInsert(UID, UID, "text", new float[length]))
            .toList();
    return new PassageVectors(
        "d",
        0,
        version,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "",
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        List.of(),
        inserts);
  }
}
