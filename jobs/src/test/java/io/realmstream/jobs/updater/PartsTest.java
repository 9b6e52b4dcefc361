package io.realmstream.jobs.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.VectorMessageCodec;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {

  @Test
  void smallRecordIsOnePartAndCommits() {
    PassageVectors whole = record(3, 100);

    assertThat(Parts.cut(whole)).containsExactly(whole);
  }

  @Test
  void recordWithoutInsertsIsOnePart() {
    PassageVectors whole = record(0, 0);

    assertThat(Parts.cut(whole)).containsExactly(whole);
  }

  @Test
  void largeRecordIsCutAndOnlyItsLastPartCarriesTheManifest() {
    PassageVectors whole = record(1_000, 1_000);

    List<PassageVectors> parts = Parts.cut(whole);

    assertThat(parts).hasSizeGreaterThan(4);
    assertThat(parts.stream().flatMap(part -> part.inserts().stream()).toList())
        .isEqualTo(whole.inserts());
    assertThat(parts.get(parts.size() - 1).manifest()).isEqualTo(whole.manifest());
    assertThat(parts.subList(0, parts.size() - 1))
        .allSatisfy(
            part -> {
              assertThat(part.commits()).isFalse();
              assertThat(part.manifest()).isEmpty();
              assertThat(VectorMessageCodec.encode(part).length)
                  .isLessThanOrEqualTo(Parts.PART_BYTES_MAX);
            });
  }

  @Test
  void passageLargerThanAPartHasAPartOfItsOwn() {
    assertThat(Parts.cut(record(3, Parts.PART_BYTES_MAX + 1))).hasSize(3);
  }

  private static PassageVectors record(int passages, int chars) {
    List<PassageInsert> inserts =
        IntStream.range(0, passages)
            .mapToObj(
                i ->
                    new PassageInsert(
                        new Hash128(0, i), new Hash128(1, i), "x".repeat(chars), new float[384]))
            .toList();
    List<ManifestEntry> manifest =
        inserts.stream().map(insert -> new ManifestEntry(insert.uid(), 0, 1)).toList();
    return new PassageVectors(
        "d",
        0,
        1,
        PassageVectors.NO_EDIT,
        1,
        0,
        1,
        Outcome.ADDED,
        "",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        0,
        0,
        0,
        0,
        0,
        manifest,
        inserts);
  }
}
