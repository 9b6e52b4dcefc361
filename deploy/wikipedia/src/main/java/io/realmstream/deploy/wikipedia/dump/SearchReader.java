package io.realmstream.deploy.wikipedia.dump;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.files.Lines;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.wikipedia.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dump of the search index: pairs of JSON lines, an action with the page's number and a source
 * with its fields. Its text is what readers see. A bad pair is a page with a problem; what follows
 * is read.
 */
final class SearchReader implements PageReader {
  private final Lines lines;
  private final DumpSource source;
  private long line;

  SearchReader(InputStream input, DumpSource source) {
    this.lines = new Lines(input);
    this.source = source;
  }

  @Override
  public @Nullable DumpPage next() throws IOException {
    JsonNode action = json(lines.next());
    while (action != null && !action.has("index")) {
      if (!action.isMissingNode()) {
        return new DumpPage("line " + line, null, "no action line: it has no field index");
      }
      action = json(lines.next());
    }
    if (action == null) {
      return null;
    }
    long actionLine = line;
    JsonNode page = json(lines.next());
    if (page == null) {
      throw new IOException("it ends behind an action line");
    }
    return page.isObject()
        ? page(action.path("index"), page)
        : new DumpPage("line " + (actionLine + 1), null, "no JSON object of a page");
  }

  private DumpPage page(JsonNode index, JsonNode page) throws IOException {
    if (page.has("wiki")) {
      source.check(page.path("wiki").asText());
    }
    Map<Field, String> fields = new EnumMap<>(Field.class);
    put(fields, Field.PAGE_ID, index.path("_id"));
    put(fields, Field.TITLE, page.path("title"));
    put(fields, Field.NAMESPACE, page.path("namespace"));
    put(fields, Field.REVISION_ID, page.path("version"));
    put(fields, Field.TIME, page.path("timestamp"));
    put(fields, Field.MODEL, page.path("content_model"));
    put(fields, Field.TEXT, page.path("text"));
    String prefix = page.path("namespace_text").asText("");
    if (!prefix.isEmpty()) {
      fields.computeIfPresent(Field.TITLE, (field, title) -> prefix + ":" + title);
    }
    return new Observation(source, fields, TextFormat.PLAIN).page();
  }

  private static void put(Map<Field, String> fields, Field field, JsonNode value) {
    if (value.isTextual() || value.isIntegralNumber()) {
      fields.put(field, value.asText());
    }
  }

  /** Null at the end; a missing node for a blank line, JSON's null for one that is no JSON. */
  private @Nullable JsonNode json(Lines.@Nullable Line next) {
    if (next == null) {
      return null;
    }
    line++;
    if (next.tooLong()) {
      return Json.MAPPER.nullNode();
    }
    try {
      return Json.MAPPER.readTree(next.bytes());
    } catch (JacksonException e) {
      return Json.MAPPER.nullNode();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail", e);
    }
  }
}
