package io.realmstream.schemas.avro;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.Utf8;
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
import io.realmstream.schemas.vectors.ShardComplete;
import io.realmstream.schemas.vectors.ShardPosition;
import io.realmstream.schemas.vectors.ShardRetired;
import io.realmstream.schemas.vectors.ShardRound;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.vectors.VectorRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Writes vector messages with one schema. */
final class VectorMessageWriter {
  private final Schema record;
  private final Schema passageVectors;
  private final Schema outcome;
  private final Schema provenance;
  private final Schema source;
  private final Schema manifestEntry;
  private final Schema passageInsert;
  private final Schema passageTrunk;
  private final Schema heartbeat;
  private final Schema shardComplete;
  private final Schema shardRetired;
  private final Schema shardRound;
  private final Schema position;
  private final Schema hash;
  private final BinaryMessageEncoder<GenericRecord> encoder;

  VectorMessageWriter(Schema schema) {
    record = schema;
    List<Schema> messages = schema.getField("message").schema().getTypes();
    passageVectors = messages.get(0);
    heartbeat = messages.get(1);
    shardComplete = messages.get(2);
    shardRetired = messages.get(3);
    shardRound = messages.get(4);
    position = heartbeat.getField("last").schema().getElementType();
    outcome = passageVectors.getField("outcome").schema();
    provenance = passageVectors.getField("provenance").schema().getTypes().get(1);
    source = provenance.getField("source").schema().getTypes().get(1);
    manifestEntry = passageVectors.getField("manifest").schema().getElementType();
    passageInsert = passageVectors.getField("inserts").schema().getElementType();
    passageTrunk = passageInsert.getField("trunk").schema().getTypes().get(1);
    hash = manifestEntry.getField("uid").schema();
    encoder = new BinaryMessageEncoder<>(new GenericData(), schema);
  }

  byte[] write(VectorRecord written) {
    GenericRecord envelope = new GenericData.Record(record);
    envelope.put("message", message(written.message()));
    envelope.put("position", position(written.position()));
    envelope.put("follows", position(written.follows()));
    envelope.put("again", written.again());
    try {
      ByteBuffer bytes = encoder.encode(envelope);
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private GenericRecord message(VectorMessage message) {
    if (message instanceof PassageVectors vectors) {
      return passageVectors(vectors);
    } else if (message instanceof Heartbeat beat) {
      GenericRecord fields = new GenericData.Record(heartbeat);
      fields.put("run", beat.run());
      fields.put("subtask", beat.subtask());
      fields.put("subtasks", beat.subtasks());
      fields.put("through", Micros.of(beat.through()));
      fields.put("partitions", beat.partitions());
      fields.put("shards", beat.shards());
      fields.put("documents", beat.documents());
      fields.put("last", beat.last().stream().map(this::position).toList());
      return fields;
    } else if (message instanceof ShardComplete complete) {
      return ofShard(shardComplete, complete.version(), complete.shard());
    } else if (message instanceof ShardRound round) {
      GenericRecord fields = new GenericData.Record(shardRound);
      fields.put("shard", round.shard());
      fields.put("round", round.round());
      fields.put("ends", round.ends());
      fields.put("versions", round.versions());
      fields.put("complete", round.complete());
      return fields;
    }
    ShardRetired retired = (ShardRetired) message;
    return ofShard(shardRetired, retired.version(), retired.shard());
  }

  private @Nullable GenericRecord position(@Nullable ShardPosition at) {
    if (at == null) {
      return null;
    }
    GenericRecord fields = new GenericData.Record(position);
    fields.put("shard", at.shard());
    fields.put("run", at.run());
    fields.put("number", at.number());
    return fields;
  }

  private static GenericRecord ofShard(Schema schema, int version, int shard) {
    GenericRecord fields = new GenericData.Record(schema);
    fields.put("version", version);
    fields.put("shard", shard);
    return fields;
  }

  private GenericRecord passageVectors(PassageVectors vectors) {
    GenericRecord fields = new GenericData.Record(passageVectors);
    fields.put("document", whole("document", vectors.document()));
    fields.put("shard", vectors.shard());
    fields.put("version", vectors.version());
    revision(vectors.revision(), fields);
    fields.put("part", vectors.part().part());
    fields.put("parts", vectors.part().parts());
    fields.put("manifest", vectors.manifest().stream().map(this::manifestEntry).toList());
    fields.put("inserts", vectors.inserts().stream().map(this::passageInsert).toList());
    return fields;
  }

  private void revision(DocumentRevision revision, GenericRecord fields) {
    String outcomeName = revision.outcome().name();
    if (!outcome.hasEnumSymbol(outcomeName)) {
      throw new IllegalArgumentException("outcome: never published: " + outcomeName);
    }
    EditTimes times = revision.times();
    Instant eventTime = times.eventTime();
    VectorCounts counts = revision.counts();
    fields.put("revision", revision.number());
    fields.put("edit", hash(revision.edit()));
    fields.put("outcome", new GenericData.EnumSymbol(outcome, outcomeName));
    fields.put("title", whole("title", revision.title()));
    fields.put("eventTime", eventTime == null ? null : Micros.of(eventTime));
    fields.put("provenance", provenance(revision.provenance()));
    fields.put("readAt", Micros.of(times.readAt()));
    fields.put("publishedAt", Micros.of(times.publishedAt()));
    fields.put("removed", revision.removed());
    fields.put("truncated", counts.truncated());
    fields.put("embedded", counts.embedded());
    fields.put("reprojected", counts.reprojected());
    fields.put("reused", counts.reused());
  }

  private @Nullable GenericRecord provenance(Provenance from) {
    if (from.equals(Provenance.NONE)) {
      return null;
    }
    GenericRecord fields = new GenericData.Record(provenance);
    fields.put("link", from.link() == null ? null : whole("link", from.link()));
    fields.put("license", from.license() == null ? null : whole("license", from.license()));
    fields.put("source", from.source() == null ? null : source(from.source()));
    return fields;
  }

  private GenericRecord source(Source from) {
    GenericRecord fields = new GenericData.Record(source);
    fields.put("wiki", whole("wiki", from.wiki()));
    fields.put("pageId", from.pageId());
    fields.put("revisionId", from.revisionId());
    Instant time = from.revisionTime();
    fields.put("revisionTime", time == null ? null : Micros.of(time));
    return fields;
  }

  private GenericRecord manifestEntry(ManifestEntry entry) {
    GenericRecord fields = new GenericData.Record(manifestEntry);
    fields.put("uid", hash(entry.uid()));
    fields.put("start", entry.start());
    fields.put("end", entry.end());
    return fields;
  }

  private GenericRecord passageInsert(PassageInsert insert) {
    GenericRecord fields = new GenericData.Record(passageInsert);
    fields.put("uid", hash(insert.uid()));
    fields.put("contentHash", hash(insert.contentHash()));
    fields.put("text", whole("text", insert.text()));
    fields.put("vector", vector(insert.vector()));
    fields.put("trunk", trunk(insert.trunk()));
    return fields;
  }

  private @Nullable GenericRecord trunk(@Nullable PassageTrunk from) {
    if (from == null) {
      return null;
    }
    GenericRecord fields = new GenericData.Record(passageTrunk);
    fields.put("digest", hash(from.digest()));
    fields.put("output", vector(from.output()));
    return fields;
  }

  private GenericData.Fixed hash(Hash128 value) {
    return new GenericData.Fixed(hash, value.toBytes());
  }

  private static String whole(String field, String text) {
    if (!Utf8.canEncode(text)) {
      throw new IllegalArgumentException(field + ": half a surrogate pair");
    }
    return text;
  }

  private static ByteBuffer vector(float[] vector) {
    if (vector.length == 0) {
      throw new IllegalArgumentException("vector: must have at least one entry");
    }
    Limits.checkAtMost("vector entries", vector.length, VectorMessageCodec.DIMENSION_MAX);
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float entry : vector) {
      if (!Float.isFinite(entry)) {
        throw new IllegalArgumentException("vector: must be finite (is " + entry + ")");
      }
      bytes.putFloat(entry);
    }
    return bytes.flip();
  }
}
