package io.realmstream.deploy.files;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** How a file is compressed, by its first bytes; its name must not say anything else. */
public enum Compression {
  GZIP("gzip", "1f8b"),
  BZIP2("bzip2", "425a68"),
  XZ("xz", "fd377a585a"),
  ZSTD("zstd", "28b52ffd"),
  ZIP("zip", "504b0304"),
  SEVEN_ZIP("7z", "377abcaf"),
  NONE("nothing", "");

  private static final int FIRST_BYTES = 5;

  private final String words;

  /** The first bytes, in hexadecimal digits. */
  private final String magic;

  Compression(String words, String magic) {
    this.words = words;
    this.magic = magic;
  }

  /**
   * What {@code raw} says.
   *
   * @throws IOException if it is not compressed as the name says, or in a way that is not read
   */
  public static InputStream uncompressed(String name, InputStream raw) throws IOException {
    BufferedInputStream input = new BufferedInputStream(raw, 1 << 16);
    input.mark(FIRST_BYTES);
    byte[] first = input.readNBytes(FIRST_BYTES);
    input.reset();
    Compression named = named(name.toLowerCase(Locale.ROOT));
    Compression found = found(first);
    if (named != NONE && named != found) {
      throw new IOException(
          (first.length == 0 ? "empty" : "not compressed with " + named.words)
              + ", whatever its name says");
    }
    return switch (found) {
      case NONE -> input;
      case GZIP, BZIP2 -> new Checked(opened(found, input));
      default ->
          throw new IOException(
              "compressed with " + found.words + ", which is not read; gzip and bzip2 are");
    };
  }

  /** A text of several members, which the library begins to read here. */
  private static InputStream opened(Compression found, InputStream input) throws IOException {
    try {
      return found == BZIP2
          ? new BZip2CompressorInputStream(input, true)
          : GzipCompressorInputStream.builder()
              .setInputStream(input)
              .setDecompressConcatenated(true)
              .get();
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      throw damage(e);
    }
  }

  private static IOException damage(Exception e) {
    String what = e instanceof EOFException ? "it ends in the middle" : e.getMessage();
    return new IOException("damaged: " + what, e);
  }

  private static Compression named(String name) {
    if (name.endsWith(".gz")) {
      return GZIP;
    }
    return name.endsWith(".bz2") ? BZIP2 : NONE;
  }

  private static Compression found(byte[] first) {
    String digits = HexFormat.of().formatHex(first);
    return Arrays.stream(values()).filter(c -> digits.startsWith(c.magic)).findFirst().orElse(NONE);
  }

  /**
   * A compressed text. Its damage, however the library meets it, is an {@link IOException} behind
   * the last byte that could be read.
   */
  private static final class Checked extends FilterInputStream {
    private @Nullable IOException damage;

    Checked(InputStream input) {
      super(input);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      if (damage != null) {
        throw damage;
      }
      Arrays.fill(bytes, start, start + length, (byte) 0);
      try {
        return super.read(bytes, start, length);
      } catch (IOException
          | IllegalStateException
          | IllegalArgumentException
          | IndexOutOfBoundsException e) {
        // the library's tables are filled from the damaged bytes
        damage = damage(e);
      }
      int read = length;
      // the library does not say how many bytes it gave; no byte of a text is zero
      while (read > 0 && bytes[start + read - 1] == 0) {
        read--;
      }
      if (read == 0) {
        throw damage;
      }
      return read;
    }
  }
}
