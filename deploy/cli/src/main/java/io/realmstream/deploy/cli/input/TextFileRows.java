package io.realmstream.deploy.cli.input;

import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.input.markdown.MarkdownTitle;
import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text or Markdown file, which is one document: titled by its front matter or first Markdown
 * heading, else by its file name; edited when the file was.
 */
final class TextFileRows implements InputRows {
  private static final int BYTES_MAX = Codecs.DOCUMENT_BYTES_MAX;

  private final String name;
  private final String id;
  private final Path path;
  private final @Nullable Long revision;
  private boolean taken;

  /**
   * @param revision null = the time of sending
   */
  TextFileRows(String name, String id, Path path, @Nullable Long revision) {
    this.name = name;
    this.id = id;
    this.path = path;
    this.revision = revision;
  }

  static boolean isText(Path path) {
    return lowerCase(path).endsWith(".txt") || isMarkdown(path);
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    if (taken) {
      return null;
    }
    taken = true;
    Position position = new Position(name, 1);
    try {
      return InputRow.good(position, edit(text()));
    } catch (BadRecordException e) {
      return InputRow.bad(position, e.getMessage());
    }
  }

  @Override
  public long line() {
    return 0;
  }

  @Override
  public long bytesRead() throws IOException {
    return taken ? Files.size(path) : 0;
  }

  @Override
  public void close() {}

  private DocumentEdit edit(String text) throws IOException, BadRecordException {
    try {
      return new DocumentEdit(
          id, revision, EditKind.UPSERT, title(text), text, true, modified(), Provenance.NONE);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException("" + e.getMessage());
    }
  }

  /** A file's size is asked before it is read; a pipe has none. */
  private String text() throws IOException, BadRecordException {
    if (Files.isRegularFile(path)) {
      checkSize(Files.size(path));
    }
    byte[] bytes;
    // a file's stream alone would ask a pipe where it stands
    try (InputStream input = new BufferedInputStream(new FileInputStream(path.toFile()))) {
      bytes = input.readNBytes(BYTES_MAX + 1);
    }
    checkSize(bytes.length);
    try {
      String text = Utf8.decode(ByteBuffer.wrap(bytes));
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BadRecordException("no UTF-8" + Shape.hintOfEncoding(bytes));
    }
  }

  private static void checkSize(long bytes) throws BadRecordException {
    if (bytes > BYTES_MAX) {
      throw new BadRecordException(
          Page.format("a document of %,d bytes or more; the limit is %,d", bytes, BYTES_MAX));
    }
  }

  private String title(String text) {
    String title = isMarkdown(path) ? MarkdownTitle.of(text) : null;
    if (title != null) {
      return title;
    }
    String file = String.valueOf(path.getFileName());
    return file.substring(0, file.lastIndexOf('.'));
  }

  private Instant modified() throws IOException {
    return Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static boolean isMarkdown(Path path) {
    String name = lowerCase(path);
    return name.endsWith(".md") || name.endsWith(".markdown");
  }

  private static String lowerCase(Path path) {
    return path.toString().toLowerCase(Locale.ROOT);
  }
}
