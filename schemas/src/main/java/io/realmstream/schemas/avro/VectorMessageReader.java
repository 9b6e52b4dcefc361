package io.realmstream.schemas.avro;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.json.BadRecordException;
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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Reads vector messages written with any of a set of schemas, as one schema sees them. */
final class VectorMessageReader {
  private final SingleObjectCheck check;
  private final BinaryMessageDecoder<GenericRecord> decoder;

  /**
   * @param readerSchema what this code knows
   * @param writerSchemas what the topic may hold
   */
  VectorMessageReader(Schema readerSchema, Collection<Schema> writerSchemas) {
    check = new SingleObjectCheck(writerSchemas);
    decoder = new BinaryMessageDecoder<>(new GenericData(), readerSchema);
    writerSchemas.forEach(decoder::addSchema);
  }

  VectorRecord read(byte[] bytes) throws BadRecordException {
    check.check(bytes);
    try {
      GenericRecord envelope = decoder.decode(bytes);
      return new VectorRecord(
          message((GenericRecord) envelope.get("message")),
          position((GenericRecord) envelope.get("position")),
          position((GenericRecord) envelope.get("follows")),
          (boolean) envelope.get("again"));
    } catch (CharacterCodingException e) {
      throw new BadRecordException("message: a text is no UTF-8 (" + e.getMessage() + ")");
    } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
      // the last is a record's own check, which names field and limit
      throw new BadRecordException("message: " + e.getMessage());
    }
  }

  private static VectorMessage message(GenericRecord fields) throws CharacterCodingException {
    return switch (fields.getSchema().getName()) {
      case "PassageVectors" -> passageVectors(fields);
      case "Heartbeat" ->
          new Heartbeat(
              (long) fields.get("run"),
              (int) fields.get("subtask"),
              (int) fields.get("subtasks"),
              Micros.instant("through", (long) fields.get("through")),
              (int) fields.get("partitions"),
              (int) fields.get("shards"),
              longs((Collection<?>) fields.get("documents")),
              positions((Collection<?>) fields.get("last")));
      case "ShardComplete" ->
          new ShardComplete((int) fields.get("version"), (int) fields.get("shard"));
      case "ShardRetired" ->
          new ShardRetired((int) fields.get("version"), (int) fields.get("shard"));
      case "ShardRound" ->
          new ShardRound(
              (int) fields.get("shard"),
              (long) fields.get("round"),
              (boolean) fields.get("ends"),
              numbers((Collection<?>) fields.get("versions")),
              numbers((Collection<?>) fields.get("complete")));
      default -> throw new IllegalStateException("unread: " + fields.getSchema());
    };
  }

  private static List<Long> longs(Collection<?> values) {
    return values.stream().map(Long.class::cast).toList();
  }

  private static @Nullable ShardPosition position(@Nullable GenericRecord fields) {
    return fields == null
        ? null
        : new ShardPosition(
            (int) fields.get("shard"), (long) fields.get("run"), (long) fields.get("number"));
  }

  private static List<ShardPosition> positions(Collection<?> entries) {
    List<ShardPosition> positions = new ArrayList<>(entries.size());
    for (Object entry : entries) {
      positions.add(Objects.requireNonNull(position((GenericRecord) entry)));
    }
    return positions;
  }

  private static List<Integer> numbers(Collection<?> entries) {
    List<Integer> numbers = new ArrayList<>(entries.size());
    entries.forEach(entry -> numbers.add((Integer) entry));
    return numbers;
  }

  private static PassageVectors passageVectors(GenericRecord fields)
      throws CharacterCodingException {
    return new PassageVectors(
        text(fields.get("document")),
        (int) fields.get("shard"),
        (int) fields.get("version"),
        revision(fields),
        new RecordPart((int) fields.get("part"), (int) fields.get("parts")),
        manifest((Collection<?>) fields.get("manifest")),
        inserts((Collection<?>) fields.get("inserts")));
  }

  private static DocumentRevision revision(GenericRecord fields) throws CharacterCodingException {
    return new DocumentRevision(
        (long) fields.get("revision"),
        hash(fields.get("edit")),
        Outcome.valueOf(fields.get("outcome").toString()),
        text(fields.get("title")),
        new EditTimes(
            optionalInstant("eventTime", (Long) fields.get("eventTime")),
            Micros.instant("readAt", (long) fields.get("readAt")),
            Micros.instant("publishedAt", (long) fields.get("publishedAt"))),
        (int) fields.get("removed"),
        new VectorCounts(
            (int) fields.get("truncated"),
            (int) fields.get("embedded"),
            (int) fields.get("reprojected"),
            (int) fields.get("reused")),
        provenance((GenericRecord) fields.get("provenance")));
  }

  private static Provenance provenance(@Nullable GenericRecord fields)
      throws CharacterCodingException {
    return fields == null
        ? Provenance.NONE
        : new Provenance(
            optionalText(fields.get("link")),
            optionalText(fields.get("license")),
            source((GenericRecord) fields.get("source")));
  }

  private static @Nullable Source source(@Nullable GenericRecord fields)
      throws CharacterCodingException {
    return fields == null
        ? null
        : new Source(
            text(fields.get("wiki")),
            (long) fields.get("pageId"),
            (long) fields.get("revisionId"),
            optionalInstant("revisionTime", (Long) fields.get("revisionTime")));
  }

  private static List<ManifestEntry> manifest(Collection<?> entries) {
    List<ManifestEntry> manifest = new ArrayList<>(entries.size());
    for (Object entry : entries) {
      GenericRecord fields = (GenericRecord) entry;
      manifest.add(
          new ManifestEntry(
              hash(fields.get("uid")), (int) fields.get("start"), (int) fields.get("end")));
    }
    return manifest;
  }

  private static List<PassageInsert> inserts(Collection<?> entries)
      throws CharacterCodingException {
    List<PassageInsert> inserts = new ArrayList<>(entries.size());
    for (Object entry : entries) {
      GenericRecord fields = (GenericRecord) entry;
      inserts.add(
          new PassageInsert(
              hash(fields.get("uid")),
              hash(fields.get("contentHash")),
              text(fields.get("text")),
              vector((ByteBuffer) fields.get("vector")),
              trunk((GenericRecord) fields.get("trunk"))));
    }
    return inserts;
  }

  private static @Nullable PassageTrunk trunk(@Nullable GenericRecord fields) {
    return fields == null
        ? null
        : new PassageTrunk(hash(fields.get("digest")), vector((ByteBuffer) fields.get("output")));
  }

  private static Hash128 hash(Object value) {
    return Hash128.fromBytes(((GenericFixed) value).bytes(), 0);
  }

  private static String text(Object value) throws CharacterCodingException {
    Utf8 text = (Utf8) value;
    return io.realmstream.schemas.Utf8.decode(
        ByteBuffer.wrap(text.getBytes(), 0, text.getByteLength()));
  }

  private static @Nullable String optionalText(@Nullable Object value)
      throws CharacterCodingException {
    return value == null ? null : text(value);
  }

  private static @Nullable Instant optionalInstant(String field, @Nullable Long micros) {
    return micros == null ? null : Micros.instant(field, micros);
  }

  private static float[] vector(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (length == 0 || length % Float.BYTES != 0) {
      throw new IllegalArgumentException("vector: must be 4 bytes an entry (is " + length + ")");
    }
    Limits.checkAtMost("vector entries", length / Float.BYTES, VectorMessageCodec.DIMENSION_MAX);
    float[] vector = new float[length / Float.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    for (float entry : vector) {
      if (!Float.isFinite(entry)) {
        throw new IllegalArgumentException("vector: must be finite (is " + entry + ")");
      }
    }
    return vector;
  }
}
