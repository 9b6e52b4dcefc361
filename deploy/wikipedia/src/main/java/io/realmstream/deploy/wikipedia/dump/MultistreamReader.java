package io.realmstream.deploy.wikipedia.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.files.Compression;
import io.realmstream.deploy.wikipedia.dump.MultistreamIndex.Stream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an export that is many streams of bzip2 with an index. Some streams are read in
 * parallel; the pages come in the order of the file. A stream that is damaged is a page with a
 * problem, and the next one is read; the file then ends with an error, and a later reader begins at
 * the first such stream.
 */
final class MultistreamReader implements PagesAhead {
  /** Streams that are read at once. */
  private static final int AT_ONCE = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** Of what stands before the pages. */
  private static final int HEAD_BYTES_MAX = 1 << 20;

  /** Streams that are looked at to see whether the index is that of the file. */
  private static final int SAMPLES = 16;

  private static final byte[] MAGIC = "BZh".getBytes(UTF_8);
  private static final byte[] TAIL = "</mediawiki>".getBytes(UTF_8);

  private final FileChannel channel;
  private final List<Stream> streams;
  private final DumpSource source;
  private final long bytes;
  private final byte[] head;

  /** Those that are being read, the one whose pages come now first. */
  private final Deque<Started> started = new ArrayDeque<>();

  private int next;

  /** Behind whoever takes them; it stays before the first stream that is damaged. */
  private long pages;

  private int damaged;

  private record Started(Stream stream, ReadAhead reader) {}

  /**
   * Begins to read.
   *
   * @param channel whose position follows the pages that are taken
   * @param skipped pages that are passed over: whole streams without reading them
   * @throws IOException if the index is that of another file
   */
  MultistreamReader(FileChannel channel, MultistreamIndex index, DumpSource source, long skipped)
      throws IOException {
    this.channel = channel;
    this.streams = index.streams();
    this.source = source;
    this.bytes = channel.size();
    this.pages = skipped;
    this.head = head();
    checkIndex();
    while (next < streams.size() && streams.get(next).through() <= skipped) {
      next++;
    }
  }

  /** What stands before the pages, checked to be of the wiki. */
  private byte[] head() throws IOException {
    try (InputStream input = uncompressed(0, streams.get(0).offset())) {
      byte[] found = input.readNBytes(HEAD_BYTES_MAX);
      DumpPage page =
          new ExportReader(
                  new SequenceInputStream(
                      new ByteArrayInputStream(found), new ByteArrayInputStream(TAIL)),
                  source)
              .next();
      if (page != null) {
        throw new IOException("its index lacks " + page.name());
      }
      return found;
    }
  }

  private void checkIndex() throws IOException {
    int begun = 0;
    int looked = 0;
    for (int i = 0; i < streams.size(); i += 1 + streams.size() / SAMPLES) {
      long offset = streams.get(i).offset();
      if (offset < bytes) {
        byte[] first = new Section(channel, offset, bytes).readNBytes(MAGIC.length);
        looked++;
        begun += Arrays.equals(first, MAGIC) ? 1 : 0;
      }
    }
    if (2 * begun < looked) {
      throw new IOException("its index is that of another file: no streams begin where it says");
    }
  }

  @Override
  public @Nullable DumpPage next() throws IOException {
    start();
    while (!started.isEmpty()) {
      Started first = started.element();
      channel.position(first.stream().offset());
      DumpPage page = next(first);
      if (page != null) {
        return page;
      }
      start();
    }
    channel.position(bytes);
    if (damaged > 0) {
      throw new IOException("%,d of its streams could not be read".formatted(damaged));
    }
    return null;
  }

  /** The next page of a stream, or what is wrong with it; null when it ended as it should. */
  private @Nullable DumpPage next(Started first) {
    String problem = null;
    try {
      DumpPage page = first.reader().next();
      if (page != null) {
        passed(first);
        return page;
      }
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    Stream stream = first.stream();
    long read = first.reader().pages();
    if (problem == null && read != stream.pages()) {
      problem = "its index names other pages";
    }
    started.remove();
    if (problem == null) {
      return null;
    }
    if (damaged == 0) {
      pages = stream.before();
    }
    damaged++;
    return new DumpPage(
        "the stream at byte %,d".formatted(stream.offset()),
        null,
        "%s; %,d of its %,d pages were read".formatted(problem, read, stream.pages()));
  }

  private void passed(Started first) {
    if (damaged == 0) {
      Stream stream = first.stream();
      pages = Math.min(stream.before() + first.reader().pages(), stream.through());
    }
  }

  private void start() throws IOException {
    while (started.size() < AT_ONCE && next < streams.size()) {
      Stream stream = streams.get(next);
      if (stream.offset() >= bytes) {
        if (started.isEmpty()) {
          throw new IOException(
              "it ends at byte %,d; its index names a stream at byte %,d"
                  .formatted(bytes, stream.offset()));
        }
        return;
      }
      long skipped = Math.max(0, pages - stream.before());
      boolean last = ++next == streams.size();
      long end = last ? bytes : streams.get(next).offset();
      started.add(
          new Started(stream, new ReadAhead(() -> reader(stream.offset(), end, last), skipped)));
    }
  }

  /** The last stream with pages is followed by the end of the document. */
  private ExportReader reader(long offset, long end, boolean last) throws IOException {
    InputStream document =
        new SequenceInputStream(new ByteArrayInputStream(head), uncompressed(offset, end));
    return new ExportReader(
        last ? document : new SequenceInputStream(document, new ByteArrayInputStream(TAIL)),
        source);
  }

  private InputStream uncompressed(long offset, long end) throws IOException {
    return new BufferedInputStream(
        Compression.uncompressed("a.bz2", new Section(channel, offset, Math.min(end, bytes))),
        1 << 16);
  }

  @Override
  public long pages() {
    return pages;
  }

  @Override
  public void close() {
    started.forEach(each -> each.reader().close());
  }

  /** Some bytes of a file; any number of threads may read the same one. */
  private static final class Section extends InputStream {
    private final FileChannel channel;
    private final long end;
    private long position;

    Section(FileChannel channel, long start, long end) {
      this.channel = channel;
      this.position = start;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      int most = (int) Math.min(length, end - position);
      if (most <= 0) {
        return length == 0 ? 0 : -1;
      }
      int read = channel.read(ByteBuffer.wrap(bytes, start, most), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
