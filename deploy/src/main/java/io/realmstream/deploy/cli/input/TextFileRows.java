package io.realmstream.deploy.cli.input;

import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A .txt or .md file, which is one document: titled by its first Markdown heading, else by its file
 * name; edited when the file was.
 */
final class TextFileRows implements Rows {
  private static final Pattern HEADING =
      Pattern.compile("(?m)^#{1,6}[ \\t]+(.+?)[ \\t]*#*[ \\t]*$");

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
    return path.toString().endsWith(".txt") || path.toString().endsWith(".md");
  }

  @Override
  public @Nullable InputRow next() throws IOException {
    if (taken) {
      return null;
    }
    taken = true;
    Position position = new Position(name, 1);
    try {
      String text = Files.readString(path, StandardCharsets.UTF_8);
      return InputRow.good(
          position,
          new DocumentEdit(id, revision, EditKind.UPSERT, title(text), text, true, modified()));
    } catch (CharacterCodingException e) {
      return InputRow.bad(position, "no UTF-8");
    }
  }

  @Override
  public long bytesRead() throws IOException {
    return taken ? Files.size(path) : 0;
  }

  @Override
  public void close() {}

  private String title(String text) {
    Matcher heading = HEADING.matcher(text);
    if (path.toString().endsWith(".md") && heading.find()) {
      return heading.group(1);
    }
    String file = String.valueOf(path.getFileName());
    return file.substring(0, file.lastIndexOf('.'));
  }

  private Instant modified() throws IOException {
    return Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MILLIS);
  }
}
