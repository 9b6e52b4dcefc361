package io.realmstream.deploy.wikipedia.dump;

import io.realmstream.deploy.files.Compression;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file of a dump, plain, gzip or bzip2: an export or a dump of the search index, by its first
 * character. It is read in a thread of its own, and in several if it is a multistream dump with its
 * index beside it.
 */
public final class DumpFile implements Closeable {
  private final Path path;
  private final FileChannel channel;
  private final long bytes;
  private final PagesAhead reader;
  private @Nullable String lastGood;

  private DumpFile(Path path, FileChannel channel, DumpSource source, long skipped)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.bytes = channel.size();
    MultistreamIndex index = MultistreamIndex.beside(path);
    this.reader =
        index == null
            ? new ReadAhead(() -> reader(path, channel, source), skipped)
            : new MultistreamReader(channel, index, source, skipped);
  }

  /**
   * Opens a file at its first page.
   *
   * @throws IOException in words that name the file
   */
  public static DumpFile open(Path path, DumpSource source) throws IOException {
    return open(path, source, 0);
  }

  /**
   * Opens a file behind pages that were read before.
   *
   * @param skipped as {@link #pages} said
   * @throws IOException in words that name the file
   */
  public static DumpFile open(Path path, DumpSource source, long skipped) throws IOException {
    FileChannel channel = FileChannel.open(path);
    try {
      return new DumpFile(path, channel, source, skipped);
    } catch (IOException e) {
      channel.close();
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  private static PageReader reader(Path path, FileChannel channel, DumpSource source)
      throws IOException {
    InputStream raw = Channels.newInputStream(channel);
    InputStream text =
        new BufferedInputStream(Compression.uncompressed(String.valueOf(path), raw), 1 << 16);
    text.mark(1);
    int first = text.read();
    text.reset();
    return first == '{' ? new SearchReader(text, source) : new ExportReader(text, source);
  }

  /**
   * The next page, also one that cannot be used; null at the end.
   *
   * @throws IOException if the file cannot be read on; it names the last page before that
   */
  public @Nullable DumpPage next() throws IOException {
    try {
      DumpPage page = reader.next();
      if (page != null && page.problem() == null) {
        lastGood = page.name();
      }
      return page;
    } catch (IOException e) {
      throw new IOException(
          path
              + ": "
              + e.getMessage()
              + (lastGood == null ? "; no page before it" : "; the last good one is " + lastGood),
          e);
    }
  }

  /** Pages that are read or skipped. */
  public long pages() {
    return reader.pages();
  }

  /** Bytes read as they lie on disk. */
  public long bytesRead() throws IOException {
    try {
      return channel.position();
    } catch (ClosedChannelException e) {
      return bytes; // at the end of a compressed text the library closes its input
    }
  }

  /** Bytes in all as they lie on disk. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    channel.close();
  }
}
