package io.realmstream.model.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which MediaWiki knows a text: SHA-1 of its UTF-8, 31 digits in base 36. */
public final class ContentHash {
  private static final int DIGITS = 31;
  private static final int BASE = 36;

  private ContentHash() {}

  public static String of(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      String digits = new BigInteger(1, hash).toString(BASE);
      return "0".repeat(DIGITS - digits.length()) + digits;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
