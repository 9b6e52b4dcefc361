package io.realmstream.model.checkpoint;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.EncoderTower;
import java.nio.charset.StandardCharsets;

/** What makes two passages the same. */
public final class PassageIdentity {
  private PassageIdentity() {}

  /**
   * How a document tower's input is made of title and body, as canonical text; the prefix, which
   * may hold anything, comes last.
   */
  public static String inputFormat(EncoderTower tower) {
    return "title=" + tower.title() + " tokens=" + tower.tokensMax() + " prefix=" + tower.prefix();
  }

  /** Equal hashes need one embedding: decides what must be embedded, keys its reuse. */
  public static Hash128 contentHash(String inputFormat, String title, String body) {
    return Hash128.ofTexts(inputFormat, title, body);
  }

  /** A passage's identity everywhere: its content in its document. */
  public static Hash128 uid(String documentId, Hash128 contentHash) {
    return Hash128.of(documentId.getBytes(StandardCharsets.UTF_8), contentHash.toBytes());
  }
}
