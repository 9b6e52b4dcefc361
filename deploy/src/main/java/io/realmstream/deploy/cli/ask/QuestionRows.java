package io.realmstream.deploy.cli.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.schemas.json.BadRecordException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows {@code {question, ...}} of a file of JSON lines. */
public final class QuestionRows implements Closeable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final LineFile lines;

  private QuestionRows(LineFile lines) {
    this.lines = lines;
  }

  public static QuestionRows open(Path file) throws IOException {
    return new QuestionRows(LineFile.open(file.toString(), file));
  }

  /**
   * A row of the file.
   *
   * @param question null when the row is bad
   * @param line as it stands, but for white space around it; the problem when the row is bad
   */
  public record Row(@Nullable String question, String line) {}

  /** The next row; null at the end. */
  public @Nullable Row next() throws IOException {
    byte[] line = lines.next();
    if (line == null) {
      return null;
    }
    try {
      return row(line);
    } catch (BadRecordException e) {
      return new Row(null, lines.position() + ": " + e.getMessage());
    }
  }

  /** Rows in all, guessed by bytes from those read so far; 0 = unknown. */
  long expected(long rowsRead) throws IOException {
    long read = lines.bytesRead();
    return read == 0 ? 0 : Math.max(rowsRead, rowsRead * lines.bytes() / read);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static Row row(byte[] line) throws BadRecordException {
    try {
      JsonNode row = JSON.readTree(line);
      if (!row.path("question").isTextual()) {
        throw new BadRecordException("question: missing, or no text");
      }
      if (row.has("answer")) {
        throw new BadRecordException("answer: this field is where the answer goes");
      }
      return new Row(
          row.path("question").textValue(), new String(line, StandardCharsets.UTF_8).strip());
    } catch (JsonProcessingException e) {
      throw new BadRecordException("no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadRecordException("no UTF-8: " + e.getMessage());
    }
  }
}
