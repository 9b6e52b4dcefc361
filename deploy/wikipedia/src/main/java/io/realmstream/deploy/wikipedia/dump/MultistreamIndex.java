package io.realmstream.deploy.wikipedia.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.files.Compression;
import io.realmstream.deploy.files.Lines;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The index of a dump that is many streams of bzip2, of a hundred pages each. A line {@code
 * offset:page id:title} stands for each page, in the order of the pages; the offset is that of its
 * stream.
 *
 * @param streams those with pages, in order; at least one
 */
record MultistreamIndex(List<Stream> streams) {
  private static final String MARK = "-multistream";
  private static final String SUFFIX = ".bz2";
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}):\\d{1,18}:.*", Pattern.DOTALL);

  /** MediaWiki's titles have 255 bytes, and a namespace. */
  private static final int LINE_BYTES_MAX = 4096;

  /**
   * A stream with pages.
   *
   * @param offset of its first byte
   * @param before pages in the streams before it
   * @param pages in it
   */
  record Stream(long offset, long before, long pages) {
    /** Pages up to its end. */
    long through() {
      return before + pages;
    }
  }

  MultistreamIndex {
    streams = List.copyOf(streams);
  }

  /**
   * The index beside a dump; null if there is none. That of {@code x-multistream.xml.bz2} is {@code
   * x-multistream-index.txt.bz2}, that of {@code x-multistream1.xml-p1p9.bz2} is {@code
   * x-multistream-index1.txt-p1p9.bz2}; it may also be unpacked.
   *
   * @throws IOException if it is none, or damaged
   */
  static @Nullable MultistreamIndex beside(Path dump) throws IOException {
    String name = String.valueOf(dump.getFileName());
    if (!name.contains(MARK) || !name.endsWith(SUFFIX)) {
      return null;
    }
    String packed = name.replace(MARK, MARK + "-index").replace(".xml", ".txt");
    String plain = packed.substring(0, packed.length() - SUFFIX.length());
    for (String each : List.of(packed, plain)) {
      Path index = dump.resolveSibling(each);
      if (Files.exists(index)) {
        return read(index);
      }
    }
    return null;
  }

  private static MultistreamIndex read(Path file) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        Lines lines = new Lines(Compression.uncompressed(file.toString(), raw), LINE_BYTES_MAX)) {
      List<Stream> streams = new ArrayList<>();
      long pages = 0;
      long begun = 0;
      long offset = -1;
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        long next = offset(line);
        if (next < offset) {
          throw new IOException("line %,d is not in order".formatted(pages + 1));
        }
        if (next > offset && pages > 0) {
          streams.add(new Stream(offset, begun, pages - begun));
          begun = pages;
        }
        offset = next;
        pages++;
      }
      if (pages == 0) {
        throw new IOException("it names no page");
      }
      streams.add(new Stream(offset, begun, pages - begun));
      return new MultistreamIndex(streams);
    } catch (IOException e) {
      throw new IOException("its index " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static long offset(Lines.Line line) throws IOException {
    String text = new String(line.bytes(), UTF_8);
    Matcher fields = LINE.matcher(text);
    if (!fields.matches()) {
      throw new IOException("no line of an index: '" + text + "'");
    }
    return Long.parseLong(fields.group(1));
  }
}
