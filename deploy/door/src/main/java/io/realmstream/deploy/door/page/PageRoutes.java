package io.realmstream.deploy.door.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * {@code /}: the page. Its files hold no data of the knowledge base, so they need no token; the
 * page asks the person for it. Its data comes through the other routes.
 */
public final class PageRoutes {
  private static final String JSON = "application/json";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "md", "text/plain; charset=utf-8");

  /** The page runs only what this door serves, and no other page can frame it. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
              + " object-src 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          // a newer door has newer files
          "Cache-Control",
          "no-cache");

  private static final List<String> PARTS =
      List.of(
          "page.css",
          "icon.svg",
          "CONCEPTS.md",
          "main.js",
          "dom.js",
          "door.js",
          "events.js",
          "words.js",
          "dialog.js",
          "state.js",
          "ask.js",
          "answer.js",
          "sum.js",
          "both.js",
          "compare.js",
          "edit.js",
          "feed.js",
          "load.js",
          "versions.js",
          "timeline.js");

  private static final Map<String, String> FILES = files();

  private final @Nullable Sample sample;

  /**
   * @param sample what an empty knowledge base can be filled with; null = nothing
   */
  public PageRoutes(@Nullable Sample sample) {
    this.sample = sample;
  }

  /** The paths that need no token. */
  public static Set<String> paths() {
    return FILES.keySet();
  }

  public void addTo(RoutesConfig routes) {
    FILES.forEach(
        (path, file) -> {
          byte[] content = read(file);
          String type = Objects.requireNonNull(TYPES.get(file.substring(file.indexOf('.') + 1)));
          routes.addHttpHandler(HandlerType.GET, path, request -> answer(request, type, content));
        });
    routes.addHttpHandler(HandlerType.GET, "/v1/sample", this::sample);
  }

  /** The sample's edits and questions. The page posts the edits like those of any file. */
  private void sample(Context request) {
    if (sample == null) {
      throw new Refusal(404, "this door has no sample");
    }
    StringJoiner documents = new StringJoiner(",", "{\"documents\":[", "],\"questions\":");
    sample
        .documents()
        .forEach(edit -> documents.add(new String(Codecs.DOCUMENT_EDIT.encode(edit), UTF_8)));
    request.contentType(JSON).result(documents + Json.line(sample.questions()) + "}");
  }

  private static void answer(Context request, String type, byte[] content) {
    HEADERS.forEach(request::header);
    request.contentType(type).result(content);
  }

  private static Map<String, String> files() {
    Map<String, String> files = new HashMap<>(Map.of("/", "index.html"));
    PARTS.forEach(part -> files.put("/page/" + part, part));
    return Map.copyOf(files);
  }

  private static byte[] read(String file) {
    try (InputStream in = PageRoutes.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
