package io.realmstream.deploy.wikipedia.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Exports as MediaWiki writes them, made by tests. */
public final class Exports {
  public static final Instant DATE = Instant.parse("2026-04-01T00:00:00Z");
  public static final DumpSource SOURCE = new DumpSource("enwiki", DATE);

  private Exports() {}

  /** What stands before the pages; 0.10 and 0.11 differ in number and order of fields alone. */
  public static String head(String version) {
    return """
    <mediawiki xmlns="http://www.mediawiki.org/xml/export-%1$s/" version="%1$s" xml:lang="en">
      <siteinfo>
        <sitename>Wikipedia</sitename>
        <dbname>enwiki</dbname>
        <namespaces><namespace key="0" case="first-letter" /></namespaces>
      </siteinfo>
    """
        .formatted(version);
  }

  public static String tail() {
    return "</mediawiki>\n";
  }

  /** A page of namespace 0 whose revision is ten times its number. */
  public static String page(long pageId, String title, String text) {
    return """
      <page>
        <title>%2$s</title>
        <ns>0</ns>
        <id>%1$d</id>
        <revision>
          <id>%1$d0</id>
          <parentid>1</parentid>
          <timestamp>2026-03-01T10:00:00Z</timestamp>
          <contributor><username>Somebody</username><id>7</id></contributor>
          <comment>better</comment>
          <model>wikitext</model>
          <format>text/x-wiki</format>
          <text bytes="%4$d" xml:space="preserve">%3$s</text>
          <sha1>abc</sha1>
        </revision>
      </page>
    """
        .formatted(pageId, escaped(title), escaped(text), text.getBytes(UTF_8).length);
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Writes a file, compressed as its name says. */
  public static Path write(Path file, String... parts) throws IOException {
    try (OutputStream out = compressed(file)) {
      for (String part : parts) {
        out.write(part.getBytes(UTF_8));
      }
    }
    return file;
  }

  /** A stream into a file, compressed as its name says. */
  public static OutputStream compressed(Path file) throws IOException {
    OutputStream raw = Files.newOutputStream(file);
    String name = file.toString();
    if (name.endsWith(".gz")) {
      return new GZIPOutputStream(raw);
    }
    return name.endsWith(".bz2") ? new BZip2CompressorOutputStream(raw) : raw;
  }

  /**
   * Writes a dump that is many streams of bzip2, and its index beside it.
   *
   * @param file whose name ends in {@code -multistream.xml.bz2}
   * @param pagesPerStream the last stream may have fewer
   * @param pages named "Title" and their number, from 1 on
   * @return the index
   */
  public static Path multistream(Path file, int pagesPerStream, String... pages)
      throws IOException {
    ByteArrayOutputStream dump = new ByteArrayOutputStream();
    StringBuilder lines = new StringBuilder();
    dump.write(bzip2(head("0.11")));
    for (int start = 0; start < pages.length; start += pagesPerStream) {
      int end = Math.min(pages.length, start + pagesPerStream);
      for (int page = start + 1; page <= end; page++) {
        lines.append(dump.size()).append(':').append(page).append(":Title ").append(page);
        lines.append('\n');
      }
      dump.write(bzip2(String.join("", Arrays.copyOfRange(pages, start, end))));
    }
    dump.write(bzip2(tail()));
    Files.write(file, dump.toByteArray());
    String name = String.valueOf(file.getFileName());
    Path index = file.resolveSibling(name.replace(".xml", "-index.txt"));
    return write(index, lines.toString());
  }

  private static byte[] bzip2(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** What a page says that has no problem. */
  static WikipediaObserved observed(DumpPage page) {
    if (page.observed() == null) {
      throw new AssertionError(page.name() + ": " + page.problem());
    }
    return page.observed();
  }

  /** All pages of a file. */
  static List<DumpPage> read(Path file) throws IOException {
    List<DumpPage> pages = new ArrayList<>();
    try (DumpFile dump = DumpFile.open(file, SOURCE)) {
      for (DumpPage page = dump.next(); page != null; page = dump.next()) {
        pages.add(page);
      }
    }
    return pages;
  }
}
