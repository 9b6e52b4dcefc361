package io.realmstream.deploy.bench.faults;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoisonTest {
  private static final List<JsonCodec<?>> JSON =
      List.of(
          Codecs.DOCUMENT_EDIT,
          Codecs.RETRIEVER_CHECKPOINT,
          Codecs.VERSION_PROPOSAL,
          Codecs.REPUBLICATION_REQUEST,
          Codecs.QUERY,
          Codecs.FRESHNESS);

  @Test
  void nobodyCanReadIt() {
    for (byte[] form : Poison.forms(new Random(1))) {
      for (JsonCodec<?> codec : JSON) {
        assertThatThrownBy(() -> codec.decode(form)).isInstanceOf(BadRecordException.class);
      }
      assertThatThrownBy(() -> VectorMessageCodec.read(form))
          .isInstanceOf(BadRecordException.class);
    }
  }
}
