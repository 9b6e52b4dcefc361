package io.realmstream.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.Source;
import io.realmstream.schemas.json.BadRecordException;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VectorSchemaTest {
  private static final Schema SCHEMA = VectorMessageCodec.schema();
  private static final List<Schema> MESSAGES = SCHEMA.getField("message").schema().getTypes();

  @Test
  void everyTypeAndEveryFieldIsDocumented() {
    List<String> silent = new ArrayList<>();
    collectSilent(SCHEMA, silent);
    assertThat(silent).isEmpty();
  }

  @Test
  void fieldsAreThoseOfTheRecords() {
    assertThat(MESSAGES.stream().map(Schema::getName))
        .containsExactlyElementsOf(
            Arrays.stream(VectorMessage.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
    assertFields(MESSAGES.get(1), Heartbeat.class);
    assertFields(MESSAGES.get(2), ShardComplete.class);
    assertFields(MESSAGES.get(3), ShardRetired.class);
    assertFields(MESSAGES.get(4), ShardRound.class);
    assertFields(SCHEMA.getField("position").schema().getTypes().get(1), ShardPosition.class);
    Schema provenance = MESSAGES.get(0).getField("provenance").schema().getTypes().get(1);
    assertFields(provenance, Provenance.class);
    assertFields(provenance.getField("source").schema().getTypes().get(1), Source.class);
    assertFields(
        MESSAGES.get(0).getField("manifest").schema().getElementType(), ManifestEntry.class);
    Schema insert = MESSAGES.get(0).getField("inserts").schema().getElementType();
    assertFields(insert, PassageInsert.class);
    assertFields(insert.getField("trunk").schema().getTypes().get(1), PassageTrunk.class);
  }

  @Test
  void avroAloneReadsWhatTheCodecWrites() throws IOException {
    byte[] bytes = VectorMessageCodec.encode(VectorMessages.document(1f, -2f));
    GenericRecord message =
        (GenericRecord)
            new BinaryMessageDecoder<GenericRecord>(new GenericData(), SCHEMA)
                .decode(bytes)
                .get("message");
    assertThat(message.get("title")).hasToString("A title");
    assertThat(message.get("outcome")).hasToString("ADDED");
    GenericRecord insert = (GenericRecord) ((List<?>) message.get("inserts")).get(0);
    assertThat(insert.get("vector"))
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0}));
  }

  @Test
  void anEarlierSchemaThatIsRegisteredIsStillRead() throws Exception {
    Schema earlier =
        new Schema.Parser()
            .parse(
                SCHEMA
                    .toString()
                    .replaceFirst("\\{\"name\":\"eventTime\".*?\"default\":null\\},", ""));
    PassageVectors document = VectorMessages.document(1f);
    VectorMessage read = read(earlier, encoded(earlier, document));
    assertThat(((PassageVectors) read).revision().times().eventTime()).isNull();
    assertThat(((PassageVectors) read).revision().times().readAt())
        .isEqualTo(document.revision().times().readAt());
  }

  /** What the updater wrote before it could tell trunk outputs. */
  @Test
  void anInsertWithoutATrunkFieldIsReadWithoutOne() throws Exception {
    Schema earlier =
        new Schema.Parser()
            .parse(
                SCHEMA.toString().replaceFirst(",\\{\"name\":\"trunk\".*?\"default\":null\\}", ""));
    assertThat(earlier.toString()).doesNotContain("PassageTrunk");
    PassageVectors read =
        (PassageVectors) read(earlier, encoded(earlier, VectorMessages.document(1f)));
    assertThat(read.inserts().get(0).trunk()).isNull();
    assertThat(read.inserts().get(0).vector()).containsExactly(1f);
  }

  @Test
  void aFieldOfALaterSchemaIsPassedOver() throws Exception {
    Schema later =
        new Schema.Parser()
            .parse(
                SCHEMA
                    .toString()
                    .replaceFirst(
                        "\\{\"name\":\"subtask\"",
                        "{\"name\":\"host\",\"type\":\"string\",\"default\":\"x\"},{\"name\":\"subtask\""));
    GenericRecord beat = new GenericData.Record(message(later, "Heartbeat"));
    beat.put("host", "somewhere");
    beat.put("run", 5L);
    beat.put("subtask", 0);
    beat.put("subtasks", 1);
    beat.put("through", 0L);
    beat.put("partitions", 4);
    beat.put("shards", 16);
    beat.put("documents", List.of(3L));
    beat.put("last", List.of());
    assertThat(read(later, encoded(later, beat)))
        .isEqualTo(new Heartbeat(5, 0, 1, Instant.EPOCH, 4, 16, List.of(3L), List.of()));
  }

  private static VectorMessage read(Schema writer, byte[] bytes) throws BadRecordException {
    return new VectorMessageReader(SCHEMA, List.of(SCHEMA, writer)).read(bytes).message();
  }

  /** The document as a writer of {@code schema} knew it, which has fewer fields. */
  private static byte[] encoded(Schema schema, PassageVectors document) throws IOException {
    GenericRecord now =
        (GenericRecord)
            new BinaryMessageDecoder<GenericRecord>(new GenericData(), SCHEMA)
                .decode(VectorMessageCodec.encode(document))
                .get("message");
    GenericRecord then = new GenericData.Record(message(schema, "PassageVectors"));
    for (Schema.Field field : then.getSchema().getFields()) {
      then.put(field.name(), now.get(field.name()));
    }
    return encoded(schema, then);
  }

  private static byte[] encoded(Schema schema, GenericRecord message) throws IOException {
    GenericRecord envelope = new GenericData.Record(schema);
    envelope.put("message", message);
    envelope.put("again", false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(new GenericData(), schema).encode(envelope, bytes);
    return bytes.toByteArray();
  }

  private static Schema message(Schema schema, String name) {
    return schema.getField("message").schema().getTypes().stream()
        .filter(type -> type.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertFields(Schema schema, Class<?> type) {
    assertThat(schema.getFields().stream().map(Schema.Field::name))
        .as("fields of %s", type)
        .containsExactlyElementsOf(
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  private static void collectSilent(Schema schema, List<String> silent) {
    switch (schema.getType()) {
      case RECORD -> {
        noteIfSilent(schema.getDoc(), schema.getFullName(), silent);
        for (Schema.Field field : schema.getFields()) {
          noteIfSilent(field.doc(), schema.getName() + "." + field.name(), silent);
          collectSilent(field.schema(), silent);
        }
      }
      case ENUM, FIXED -> noteIfSilent(schema.getDoc(), schema.getFullName(), silent);
      case UNION -> schema.getTypes().forEach(type -> collectSilent(type, silent));
      case ARRAY -> collectSilent(schema.getElementType(), silent);
      default -> {}
    }
  }

  private static void noteIfSilent(@Nullable String doc, String place, List<String> silent) {
    if (doc == null || doc.isBlank()) {
      silent.add(place);
    }
  }
}
