package io.realmstream.model.updating.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
              assertThat(part.part().commits()).isFalse();
              assertThat(part.manifest()).isEmpty();
              assertThat(VectorMessageCodec.encode(part).length)
                  .isLessThanOrEqualTo(Parts.PART_BYTES_MAX);
            });
  }

  @Test
  void trunkOutputsCountAsVectorsDo() {
    PassageVectors bare = record(1_000, 10);
    List<PassageInsert> inserts =
        bare.inserts().stream()
            .map(
                each ->
                    new PassageInsert(
                        each.uid(),
                        each.contentHash(),
                        each.text(),
                        each.vector(),
                        new PassageTrunk(each.uid(), new float[384])))
            .toList();
    List<PassageVectors> parts = Parts.cut(with("", bare.manifest(), inserts));

    assertThat(parts.size()).isGreaterThan(Parts.cut(bare).size());
    assertThat(parts.subList(0, parts.size() - 1))
        .allMatch(part -> VectorMessageCodec.encode(part).length <= Parts.PART_BYTES_MAX);
  }

  @Test
  void passageLargerThanAPartHasAPartOfItsOwn() {
    assertThat(Parts.cut(record(3, Parts.PART_BYTES_MAX + 1))).hasSize(3);
  }

  /** What passes the check is carried by records that the topic takes, 8 MiB at most. */
  @Test
  void whateverIsNoExcessFitsTheTopic() {
    assertThat(excess("", record(1, Parts.RECORD_BYTES_MAX - (64 << 10)))).isNull();
    assertThat(excess("", record(1, Parts.RECORD_BYTES_MAX)))
        .isEqualTo(
            "title, passage and the places of 1 passages: must be at most 8323072 bytes long"
                + " (are 8324698)");
    String title = "t".repeat(2 << 20);
    assertThat(excess(title, places(200_000))).isNull();
    assertThat(excess(title, places(300_000))).contains("places of 300000 passages");
    PassageVectors largest =
        withTitle(title, record(1, Parts.RECORD_BYTES_MAX - (2 << 20) - (4 << 10)));
    assertThat(excess(title, largest)).isNull();
    for (PassageVectors record : List.of(withTitle(title, places(200_000)), largest)) {
      for (PassageVectors part : Parts.cut(record)) {
        assertThat(VectorMessageCodec.encode(part).length).isLessThan((8 << 20) - (32 << 10));
      }
    }
  }

  private static @Nullable String excess(String title, PassageVectors record) {
    return Parts.excess(title, record.manifest(), record.inserts());
  }

  /** A revision that moves passages about and brings no new ones, at the largest offsets. */
  private static PassageVectors places(int count) {
    List<ManifestEntry> manifest =
        IntStream.range(0, count)
            .mapToObj(i -> new ManifestEntry(new Hash128(0, i), 1 << 30, Integer.MAX_VALUE))
            .toList();
    return with("", manifest, List.of());
  }

  private static PassageVectors withTitle(String title, PassageVectors record) {
    return with(title, record.manifest(), record.inserts());
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
    return with("", manifest, inserts);
  }

  private static PassageVectors with(
      String title, List<ManifestEntry> manifest, List<PassageInsert> inserts) {
    return new PassageVectors(
        "d",
        0,
        1,
        new DocumentRevision(
            1,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            title,
            new EditTimes(null, Instant.EPOCH, Instant.EPOCH),
            0,
            VectorCounts.NONE,
            Provenance.NONE),
        RecordPart.WHOLE,
        manifest,
        inserts);
  }
}
