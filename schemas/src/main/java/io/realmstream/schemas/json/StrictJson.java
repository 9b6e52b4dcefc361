package io.realmstream.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.schemas.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as a contract wants it: UTF-8 without malformed bytes, no key twice in an object, nothing
 * behind the value, numbers that a long or a finite double can hold, texts of whole characters.
 */
final class StrictJson {
  /** Deepest nesting of objects and arrays; the schemas need five. */
  static final int DEPTH_MAX = 100;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final ObjectMapper TREES = trees();

  private StrictJson() {}

  /**
   * Parses one JSON object.
   *
   * @param bytesMax limit on the length of {@code bytes}
   */
  static JsonNode parse(byte[] bytes, int bytesMax) throws BadRecordException {
    if (bytes.length > bytesMax) {
      throw new BadRecordException(
          "record: must be at most " + bytesMax + " bytes long (is " + bytes.length + ")");
    }
    try (JsonParser parser = new WholeNames(TREES.createParser(text(bytes)))) {
      return parse(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Parses objects that stand side by side, with white space or byte-order marks between them. */
  static List<JsonRow> rows(byte[] bytes) throws BadRecordException {
    String text = text(bytes);
    char[] line = text.toCharArray();
    List<JsonRow> rows = new ArrayList<>(1);
    int start = nextStart(line, 0);
    do {
      try (JsonParser parser =
          new WholeNames(TREES.createParser(line, start, line.length - start))) {
        ObjectNode tree = row(parser);
        int end = start + (int) parser.currentLocation().getCharOffset();
        rows.add(new JsonRow(tree, text.substring(start, end)));
        start = nextStart(line, end);
      } catch (IOException e) {
        throw new UncheckedIOException("reading from memory", e);
      }
    } while (start < line.length);
    return rows;
  }

  private static ObjectNode row(JsonParser parser) throws IOException, BadRecordException {
    try {
      if (TREES.readTree(parser) instanceof ObjectNode tree) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw new BadRecordException("no JSON: " + fault(e));
    } catch (StrictNodes.RefusedValueException e) {
      throw new BadRecordException(place(parser) + ": " + e.getMessage());
    }
    throw new BadRecordException("no JSON object");
  }

  private static int nextStart(char[] line, int from) {
    int start = from;
    while (start < line.length && (line[start] <= ' ' || line[start] == BYTE_ORDER_MARK)) {
      start++;
    }
    return start;
  }

  private static String text(byte[] bytes) throws BadRecordException {
    try {
      return Utf8.decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new BadRecordException("record: must be UTF-8 (" + e.getMessage() + ")");
    }
  }

  private static JsonNode parse(JsonParser parser) throws IOException, BadRecordException {
    try {
      JsonNode tree = TREES.readTree(parser);
      if (tree == null || !tree.isObject()) {
        throw new BadRecordException("record: must be a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new BadRecordException("record: must end with its JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new BadRecordException(place(parser) + ": no valid JSON, " + fault(e));
    } catch (StrictNodes.RefusedValueException e) {
      throw new BadRecordException(place(parser) + ": " + e.getMessage());
    }
  }

  /** What is wrong; the parser's hints to its programmer stay out. */
  private static String fault(JsonProcessingException e) {
    return e.getOriginalMessage().replaceFirst(" \\(start marker at .*|: enable `.*", "");
  }

  /** The field being read, as a path like {@code options.runnersUp}. */
  private static String place(JsonParser parser) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    String path = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
    // of a hostile path, a hundred levels deep, the beginning will do
    return path.isEmpty() ? "record" : path.substring(0, Math.min(path.length(), 100));
  }

  /** Refuses names that UTF-8 cannot say, even of fields that nobody knows. */
  private static final class WholeNames extends JsonParserDelegate {
    WholeNames(JsonParser parser) {
      super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      if (token == JsonToken.FIELD_NAME && !Utf8.canEncode(currentName())) {
        throw new StrictNodes.RefusedValueException("a name must not hold half a surrogate pair");
      }
      return token;
    }
  }

  private static ObjectMapper trees() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // names come from strangers: never into the JVM's table of interned strings
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();
    return new ObjectMapper(factory).setNodeFactory(new StrictNodes());
  }
}
