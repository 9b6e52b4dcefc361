package io.realmstream.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.vectors.VectorMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Whatever is decoded of the vectors topic is encoded again, and its times can be said in JSON,
 * where answers and statuses quote them.
 */
class DecodedAvroIsEncodableTest {
  private static final long YEAR_0 = -62_167_219_200_000_000L;
  private static final long YEAR_10000 = 253_402_300_800_000_000L;

  private static final Schema SCHEMA = VectorMessageCodec.schema();
  private static final List<Schema> MESSAGES = SCHEMA.getField("message").schema().getTypes();

  @Property(tries = 1_000, seed = "12", edgeCases = EdgeCasesMode.MIXIN)
  void heartbeats(@ForAll("micros") long through) {
    GenericRecord beat = new GenericData.Record(MESSAGES.get(1));
    beat.put("run", 1L);
    beat.put("subtask", 0);
    beat.put("subtasks", 1);
    beat.put("through", through);
    beat.put("partitions", 1);
    beat.put("shards", 16);
    beat.put("documents", List.of(through));
    beat.put("last", List.of());
    comesBack(beat, through);
  }

  @Property(tries = 1_000, seed = "12", edgeCases = EdgeCasesMode.MIXIN)
  void documents(
      @ForAll("micros") long eventTime,
      @ForAll("micros") long readAt,
      @ForAll("micros") long publishedAt,
      @ForAll int bits) {
    GenericRecord vectors = document(bits);
    vectors.put("eventTime", eventTime);
    vectors.put("readAt", readAt);
    vectors.put("publishedAt", publishedAt);
    comesBack(vectors, eventTime, readAt, publishedAt);
  }

  @Property(tries = 1_000, seed = "12", edgeCases = EdgeCasesMode.MIXIN)
  void completedAndRetiredShards(
      @ForAll("counts") int version, @ForAll("counts") int shard, @ForAll boolean retired) {
    GenericRecord ended = new GenericData.Record(MESSAGES.get(retired ? 3 : 2));
    ended.put("version", version);
    ended.put("shard", shard);
    comesBack(ended);
  }

  @Property(tries = 1_000, seed = "12", edgeCases = EdgeCasesMode.MIXIN)
  void republications(
      @ForAll("counts") int shard,
      @ForAll("rounds") long round,
      @ForAll boolean ends,
      @ForAll List<Integer> versions) {
    GenericRecord ended = new GenericData.Record(MESSAGES.get(4));
    ended.put("shard", shard);
    ended.put("round", round);
    ended.put("ends", ends);
    ended.put("versions", versions);
    ended.put("complete", versions);
    comesBack(ended);
  }

  @Provide
  Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(-2, 7);
  }

  @Provide
  Arbitrary<Long> rounds() {
    return Arbitraries.longs().between(-2, 7);
  }

  @Provide
  Arbitrary<Long> micros() {
    return Arbitraries.oneOf(
        Arbitraries.longs(),
        Arbitraries.longs().between(YEAR_0, YEAR_10000 - 1),
        Arbitraries.longs().between(YEAR_0, YEAR_10000 - 1),
        Arbitraries.of(
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            YEAR_0 - 1,
            YEAR_0,
            -1L,
            0L,
            YEAR_10000 - 1,
            YEAR_10000,
            Long.MAX_VALUE));
  }

  private static GenericRecord document(int bits) {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f));
    GenericRecord fields;
    try {
      fields =
          (GenericRecord)
              new org.apache.avro.message.BinaryMessageDecoder<GenericRecord>(
                      new GenericData(), SCHEMA)
                  .decode(bytes)
                  .get("message");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    GenericRecord insert = (GenericRecord) ((List<?>) fields.get("inserts")).get(0);
    insert.put("vector", ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bits).flip());
    return fields;
  }

  private static void comesBack(GenericRecord message, long... times) {
    GenericRecord envelope = new GenericData.Record(SCHEMA);
    envelope.put("again", false);
    envelope.put("message", message);
    boolean decoded = true;
    try {
      ByteBuffer bytes =
          new BinaryMessageEncoder<GenericRecord>(new GenericData(), SCHEMA).encode(envelope);
      byte[] sent = new byte[bytes.remaining()];
      bytes.get(sent);
      VectorMessage record = VectorMessageCodec.decode(sent);
      assertThat(VectorMessageCodec.encode(record)).isEqualTo(sent);
      for (long time : times) {
        Codecs.DOCUMENT_EDIT.encode(
            new DocumentEdit(
                "d", 1L, EditKind.UPSERT, "", "", true, Micros.instant(time), Provenance.NONE));
      }
    } catch (BadRecordException e) {
      decoded = false;
      assertThat(e.getMessage())
          .containsAnyOf("in the years 0 to 9999", "vector: must be finite", "must be at least");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Statistics.label("decoded")
        .collect(decoded)
        .coverage(
            seen -> {
              seen.check(true).percentage(share -> share > 10);
              seen.check(false).percentage(share -> share > 10);
            });
  }
}
