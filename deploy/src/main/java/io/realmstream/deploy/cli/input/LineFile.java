package io.realmstream.deploy.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a file that say something, each with its place; .gz and .bz2 by their names. */
public final class LineFile implements Closeable {
  private final String name;
  private final Lines lines;
  private final @Nullable FileChannel file;
  private long line;

  private LineFile(String name, InputStream input, @Nullable FileChannel file) {
    this.name = name;
    this.lines = new Lines(input);
    this.file = file;
  }

  static LineFile of(String name, InputStream input) {
    return new LineFile(name, input, null);
  }

  /**
   * Opens a file.
   *
   * @param name how positions call it
   */
  public static LineFile open(String name, Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new LineFile(name, uncompressed(name, Channels.newInputStream(file)), file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The next line that is not blank; null at the end. Empty when it was too long to be held. */
  public byte @Nullable [] next() throws IOException {
    for (Lines.Line next = lines.next(); next != null; next = lines.next()) {
      line++;
      if (next.tooLong() || !isBlank(next.bytes())) {
        return next.bytes();
      }
    }
    return null;
  }

  /** Place of the last line. */
  public Position position() {
    return new Position(name, line);
  }

  /** Bytes read as they lie on disk; 0 for a stream. */
  public long bytesRead() throws IOException {
    return file == null ? 0 : file.position();
  }

  /** Bytes in all as they lie on disk; 0 for a stream. */
  public long bytes() throws IOException {
    return file == null ? 0 : file.size();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static InputStream uncompressed(String name, InputStream raw) throws IOException {
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(raw, 1 << 16);
    }
    return name.endsWith(".bz2") ? new BZip2CompressorInputStream(raw, true) : raw;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
