package io.realmstream.deploy.door.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointRequestTest {
  @Test
  void eachCheckpointThatShipsCanBeNamed() throws Exception {
    for (String name : DefaultCheckpoints.NAMES) {
      assertThat(decode("{\"model\": \"" + name + "\"}")).isEqualTo(DefaultCheckpoints.named(name));
    }
  }

  @Test
  void aManifestIsTakenAsItsTopicTakesIt() throws Exception {
    String manifest =
        new String(Codecs.RETRIEVER_CHECKPOINT.encode(DefaultCheckpoints.bge()), UTF_8);
    assertThat(decode("{\"manifest\": " + manifest + "}")).isEqualTo(DefaultCheckpoints.bge());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "``                                   ; must be a JSON object",
        "{                                    ; no valid JSON",
        "[]                                   ; must be a JSON object",
        "{}                                   ; either model or manifest",
        "{\"model\":\"e5\"} {}                ; no valid JSON",
        "{\"model\":\"e5\",\"model\":\"bge\"} ; no valid JSON",
        "{\"model\":\"e5\",\"manifest\":{}}   ; either model or manifest",
        "{\"model\":\"e6\"}                   ; model: must be one of [e5, minilm, bge]",
        "{\"model\":1}                        ; model: must be one of",
        "{\"model\":null}                     ; model: must be one of",
        "{\"manifest\":{}}                    ; manifest: ",
        "{\"manifest\":[]}                    ; manifest: ",
        "{\"manifest\":{\"retriever\":\"a\"}} ; manifest: ",
      })
  void whatIsNoCheckpointIsABadRequest(String body, String reason) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> decode(body));
    assertThat(refusal).hasMessageContaining(reason);
    assertThat(refusal.status()).isEqualTo(400);
  }

  private static RetrieverCheckpoint decode(String body) throws IOException {
    return CheckpointRequest.decode(body.getBytes(UTF_8));
  }
}
