package io.realmstream.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 16 bytes of a SHA-256, big-endian: a passage's uid or content hash. Ordered as unsigned
 * bytes, which is also the order of the hexadecimal text.
 */
public record Hash128(long high, long low) implements Comparable<Hash128> {
  public static final int BYTES = 16;

  /** Cloned for each use: a look for the algorithm takes longer than a short text's hash. */
  private static final MessageDigest UNUSED = sha256();

  /**
   * Hashes each part behind its length (4 bytes, big-endian), so that no two lists of parts meet.
   */
  public static Hash128 of(byte[]... parts) {
    MessageDigest digest = unused();
    for (byte[] part : parts) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
      digest.update(part);
    }
    return fromBytes(digest.digest(), 0);
  }

  /** {@link #of(byte[]...)} over the UTF-8 bytes of each text. */
  public static Hash128 ofTexts(String... parts) {
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
    }
    return of(bytes);
  }

  public static Hash128 fromBytes(byte[] bytes, int offset) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Hash128(buffer.getLong(offset), buffer.getLong(offset + Long.BYTES));
  }

  /** Parses 32 hexadecimal digits. */
  public static Hash128 parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("not 32 hexadecimal digits: " + hex);
    }
    return fromBytes(HexFormat.of().parseHex(hex), 0);
  }

  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public int compareTo(Hash128 other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }

  private static MessageDigest unused() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
