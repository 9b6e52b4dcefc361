package io.realmstream.deploy.client;

import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import java.nio.charset.StandardCharsets;

/**
 * An answer as its bytes came from the topic; they are what is written out, so that a result keeps
 * every digit.
 */
public record ReceivedAnswer(byte[] bytes) {
  /** An answer with a thousand passages is larger than other records. */
  private static final JsonCodec<Answer> CODEC = Codecs.ANSWER.withBytesMax(9 << 20);

  public String json() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Decoded anew at each call. */
  public Answer answer() {
    try {
      return CODEC.decode(bytes);
    } catch (BadRecordException e) {
      throw ClientException.failed("cannot read the answer: " + e.getMessage());
    }
  }
}
