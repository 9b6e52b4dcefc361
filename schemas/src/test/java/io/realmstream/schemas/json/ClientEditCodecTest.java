package io.realmstream.schemas.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.document.DocumentEdit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEditCodecTest {
  private static final ClientEditCodec CODEC = new ClientEditCodec(1_000);

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "\u0000", "\ufeffa"})
  void keyIsTheIdAsItsBytes(String id) throws BadRecordException {
    String value = "{\"id\":\"" + id.replace("\u0000", "\\u0000") + "\",\"text\":\"t\"}";

    assertThat(CODEC.decode(utf8(id), utf8(value)).id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a ", "\"a\"", "{\"id\":\"a\"}", "\ufeffa", "ä"})
  void anotherKeyIsRefusedAndShown(String key) {
    for (String rest : new String[] {"", ",\"revision\":7", ",\"kind\":\"DELETE\""}) {
      assertRefused(
          utf8(key),
          "{\"id\":\"a\"" + rest + "}",
          "key: must be the document's id \"a\" (is \"" + key + "\")");
    }
  }

  @Test
  void bytesThatAreNoTextAndLongOnesAreRefusedToo() {
    assertRefused(
        new byte[] {0, 0, 0, 0, 7, (byte) 0xff},
        "{\"id\":\"a\"}",
        "key: must be the document's id");
    assertRefused(
        utf8("x".repeat(8 << 20)),
        "{\"id\":\"" + "x".repeat(512) + "\"}",
        "key: must be the document's id");
  }

  @Test
  void keyMayBeAbsent() throws BadRecordException {
    assertThat(CODEC.decode(null, utf8("{\"id\":\"a\",\"revision\":0}")).id()).isEqualTo("a");
    assertThat(CODEC.decode(null, utf8("{\"id\":\"a\"}")).revision()).isNull();
  }

  @Test
  void withoutValueTheKeyNamesWhatIsDeleted() throws BadRecordException {
    assertThat(CODEC.decode(utf8("ä"), null)).isEqualTo(DocumentEdit.deletion("ä", null));
    assertRefused(null, null, "key: a record without a value deletes the document");
    assertRefused(new byte[0], null, "in 1 to 512 bytes; there are 0");
    assertRefused(new byte[513], null, "in 1 to 512 bytes; there are 513");
    assertRefused(new byte[] {(byte) 0xff}, null, "key: not UTF-8");
  }

  private static void assertRefused(byte @Nullable [] key, @Nullable String value, String message) {
    assertThatThrownBy(() -> CODEC.decode(key, value == null ? null : utf8(value)))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(message);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
