package io.realmstream.schemas.avro;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.Heartbeat;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Vector messages for the tests, fixed and random. */
final class VectorMessages {
  static final Hash128 UID = Hash128.parse("000102030405060708090a0b0c0d0e0f");
  static final Hash128 CONTENT = Hash128.parse("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

  private static final List<Outcome> PUBLISHED =
      List.of(Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.DELETED);

  private VectorMessages() {}

  static PassageVectors document(float... vector) {
    return new PassageVectors(
        "d",
        3,
        1,
        new DocumentRevision(
            9,
            DocumentRevision.NO_EDIT,
            Outcome.ADDED,
            "A title",
            new EditTimes(
                Instant.parse("1871-05-01T00:00:00Z"),
                Instant.parse("2026-03-01T09:30:00.123456Z"),
                Instant.parse("2026-03-01T09:30:00.2Z")),
            2,
            VectorCounts.ofTruncated(1),
            Provenance.NONE),
        RecordPart.WHOLE,
        List.of(new ManifestEntry(UID, 0, 6)),
        List.of(new PassageInsert(UID, CONTENT, "A text", vector)));
  }

  /** The same document, telling what its vector is a projection of. */
  static PassageVectors withTrunk(float... output) {
    PassageVectors bare = document(1f);
    PassageTrunk trunk = new PassageTrunk(CONTENT, output);
    return new PassageVectors(
        bare.document(),
        bare.shard(),
        bare.version(),
        bare.revision(),
        bare.part(),
        bare.manifest(),
        List.of(new PassageInsert(UID, CONTENT, "A text", new float[] {1}, trunk)));
  }

  static Arbitrary<VectorMessage> any() {
    Arbitrary<VectorMessage> beats =
        Combinators.combine(
                Arbitraries.longs(),
                counts(),
                counts(),
                instants(),
                counts(),
                Arbitraries.longs().list().ofMaxSize(4))
            .as(
                (run, a, b, time, partitions, documents) ->
                    new Heartbeat(
                        run,
                        Math.min(a, b),
                        Math.max(a, b) + 1,
                        time,
                        partitions + 1,
                        Math.max(a, b) + 1,
                        documents,
                        last(run, a, b)));
    Arbitrary<VectorMessage> complete =
        Combinators.combine(counts(), counts())
            .as((version, shard) -> new ShardComplete(version + 1, shard));
    Arbitrary<VectorMessage> retired =
        Combinators.combine(counts(), counts())
            .as((version, shard) -> new ShardRetired(version + 1, shard));
    Arbitrary<VectorMessage> rounds =
        Combinators.combine(counts(), counts(), counts().list().ofMaxSize(4))
            .as(
                (shard, round, numbers) ->
                    new ShardRound(shard, round + 1, round % 2 == 0, numbers, numbers));
    return Arbitraries.oneOf(
        beats, complete, retired, rounds, documents().map(document -> document));
  }

  static Arbitrary<VectorRecord> anyRecord() {
    return Combinators.combine(any(), positions(), positions(), Arbitraries.of(false, true))
        .as(VectorRecord::new);
  }

  private static Arbitrary<ShardPosition> positions() {
    return Combinators.combine(counts(), Arbitraries.longs(), counts())
        .as((shard, run, number) -> new ShardPosition(shard, run, number + 1))
        .injectNull(0.3);
  }

  private static List<ShardPosition> last(long run, int a, int b) {
    return a % 2 == 0
        ? List.of()
        : List.of(new ShardPosition(a, run, 1), new ShardPosition(b, 2, 3));
  }

  private static Arbitrary<PassageVectors> documents() {
    return Combinators.combine(
            texts(),
            Arbitraries.longs(),
            counts(),
            counts(),
            counts(),
            instants(),
            manifestEntries().list().ofMaxSize(4),
            inserts().list().ofMaxSize(4))
        .as(
            (text, revision, shard, version, part, time, manifest, inserts) ->
                new PassageVectors(
                    "d" + text,
                    shard,
                    version + 1,
                    new DocumentRevision(
                        revision,
                        new Hash128(shard, revision),
                        PUBLISHED.get(part % 4),
                        text,
                        new EditTimes(part % 3 == 0 ? null : time, time, time.plusMillis(1)),
                        shard,
                        new VectorCounts(version, part, shard, version),
                        provenance(part, text, time)),
                    new RecordPart(part, part + 1 + shard),
                    manifest,
                    inserts));
  }

  private static Provenance provenance(int number, String text, Instant time) {
    Source page = new Source(text, number, 2L * number, number % 2 == 0 ? time : null);
    return new Provenance(
        number % 3 == 0 ? "https://example.org/" + text : null,
        number % 5 == 0 ? null : text,
        number % 7 < 3 ? page : null);
  }

  private static Arbitrary<ManifestEntry> manifestEntries() {
    return Combinators.combine(hashes(), counts(), counts())
        .as((uid, start, length) -> new ManifestEntry(uid, start, start + length));
  }

  private static Arbitrary<PassageInsert> inserts() {
    Arbitrary<float[]> vectors =
        Arbitraries.integers()
            .map(Float::intBitsToFloat)
            .filter(value -> Float.isFinite(value))
            .array(float[].class)
            .ofMinSize(1)
            .ofMaxSize(5);
    Arbitrary<PassageTrunk> trunks =
        Combinators.combine(hashes(), vectors).as(PassageTrunk::new).injectNull(0.5);
    return Combinators.combine(hashes(), hashes(), texts(), vectors, trunks).as(PassageInsert::new);
  }

  private static Arbitrary<Hash128> hashes() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Hash128::new);
  }

  private static Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(0, 1 << 29);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().all().ofMaxLength(40).filter(Utf8::canEncode);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-62_167_219_200_000_000L, 253_402_300_799_999_999L)
        .map(Micros::instant);
  }
}
