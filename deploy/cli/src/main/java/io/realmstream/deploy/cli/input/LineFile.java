package io.realmstream.deploy.cli.input;

import io.realmstream.deploy.files.Compression;
import io.realmstream.deploy.files.Lines;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file or stream that say something, each with its place; gzip and bzip2 too. */
public final class LineFile implements Closeable {
  private final String name;
  private final Lines lines;

  /** Null for a stream, which cannot tell where it stands. */
  private final @Nullable FileChannel file;

  private long line;

  private LineFile(String name, InputStream input, @Nullable FileChannel file) {
    this.name = name;
    this.lines = new Lines(input);
    this.file = file;
  }

  /**
   * Lines of a stream.
   *
   * @param name how positions call it
   */
  public static LineFile of(String name, InputStream input) throws IOException {
    try {
      return new LineFile(name, Compression.uncompressed(name, input), null);
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Opens a file, or what stands for one: a pipe, a device.
   *
   * @param name how positions call it
   */
  public static LineFile open(String name, Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      // a channel would ask where it stands
      return of(name, new FileInputStream(path.toFile()));
    }
    FileChannel file = FileChannel.open(path);
    try {
      return new LineFile(
          name, Compression.uncompressed(name, Channels.newInputStream(file)), file);
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

  /** Number of the last line; 0 before the first. */
  public long line() {
    return line;
  }

  /** Bytes read as they lie on disk; 0 for a stream. */
  public long bytesRead() throws IOException {
    return file == null ? 0 : file.position();
  }

  /** Bytes in all as they lie on disk; 0 for a stream. */
  public long bytes() throws IOException {
    return file == null ? 0 : file.size();
  }

  /** Why a file cannot be used, without its name; of the commonest failures Java says only that. */
  public static String reason(String name, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = String.valueOf(e.getMessage()).replace(name + ": ", "");
    return message.equals(name) ? e.getClass().getSimpleName() : message;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static boolean isBlank(byte[] line) {
    int start = line.length >= 3 && isByteOrderMark(line) ? 3 : 0;
    for (int i = start; i < line.length; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean isByteOrderMark(byte[] line) {
    return line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
  }
}
