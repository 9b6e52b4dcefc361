package io.realmstream.deploy.door.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.door.http.Admission;
import io.realmstream.deploy.door.http.Bounds;
import io.realmstream.deploy.door.http.HttpServer;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class PageRoutesTest {
  private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");
  private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"(/[^\"#]*)");

  /** Where a script puts a word, its key beside it. */
  private static final Pattern WORD =
      Pattern.compile("\\b(?:word\\(|new Line\\(|p\\(\\w+, )'([a-z-]+)'");

  private static final Sample SAMPLE =
      new Sample(
          List.of(
              new DocumentEdit(
                  "a", 1L, EditKind.UPSERT, "A \"title\"", "Text.", true, null, Provenance.NONE)),
          List.of("What is \"a\"?"));

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = serve(SAMPLE, null);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyFileIsServedWithHeadersThatLetNothingElseRun() throws Exception {
    assertThat(PageRoutes.paths()).contains("/", "/page/main.js", "/page/page.css");
    for (String path : PageRoutes.paths()) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.body()).as(path).isNotBlank();
      assertThat(header(response, "Content-Security-Policy"))
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(header(get("/"), "Content-Type")).startsWith("text/html");
    assertThat(header(get("/page/main.js"), "Content-Type")).startsWith("text/javascript");
    assertThat(header(get("/page/page.css"), "Content-Type")).startsWith("text/css");
    assertThat(header(get("/page/CONCEPTS.md"), "Content-Type")).startsWith("text/plain");
  }

  @Test
  void everythingThatThePageNamesIsServed() throws Exception {
    Set<String> named = new TreeSet<>(found(ADDRESS, get("/").body()));
    assertThat(named).contains("/page/main.js");
    for (String path : PageRoutes.paths()) {
      if (path.endsWith(".js")) {
        found(IMPORT, get(path).body()).forEach(part -> named.add("/page/" + part));
      }
    }
    assertThat(PageRoutes.paths()).containsAll(named);
    // and nothing else is served
    named.addAll(Set.of("/", "/page/CONCEPTS.md"));
    assertThat(named).containsAll(PageRoutes.paths());
  }

  @Test
  void noScriptOrStyleStandsInTheHtmlAndNothingComesFromElsewhere() throws Exception {
    assertThat(get("/").body())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|https?:")
        .doesNotContainIgnoringCase("javascript:");
    for (String path : PageRoutes.paths()) {
      if (path.endsWith(".js")) {
        assertThat(get(path).body())
            .as(path)
            .doesNotContainPattern(
                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\b")
            .doesNotContainPattern("DOMParser|createContextualFragment|new Function|setHTML");
      }
    }
    assertThat(get("/page/page.css").body()).doesNotContain("@import", "url(");
  }

  @Test
  void everyWordHasItsConcept() throws Exception {
    String concepts = get("/page/CONCEPTS.md").body();
    List<String> named = found(Pattern.compile("data-concept=\"([^\"]+)\""), get("/").body());
    assertThat(named).isNotEmpty();
    assertThat(named).allSatisfy(name -> assertThat(concepts).contains("**" + name + "**"));
  }

  @Test
  void everyWordThatIsExplainedStandsSomewhereOnThePage() throws Exception {
    String html = get("/").body();
    Set<String> placed = new TreeSet<>(found(Pattern.compile("data-word=\"([^\"]+)"), html));
    for (String path : PageRoutes.paths()) {
      if (path.endsWith(".js")) {
        placed.addAll(found(WORD, get(path).body()));
      }
    }
    assertThat(placed)
        .hasSizeGreaterThan(40)
        .containsExactlyInAnyOrderElementsOf(
            found(Pattern.compile("<dd id=\"word-([^\"]+)"), html));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page",
        "/page/",
        "/page/package-info.class",
        "/page/PageRoutes.class",
        "/page/index.html",
        "/page/../page/PageRoutes.class",
        "/page/%2e%2e/Door.class",
        "/page/..%2fDoor.class",
        "/index.html",
        "/META-INF/MANIFEST.MF"
      })
  void nothingElseOfTheJarIsServed(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @Test
  void thePageNeedsNoTokenAndTheSampleDoes() throws Exception {
    try (HttpServer locked = serve(SAMPLE, "0123456789abcdef")) {
      for (String path : PageRoutes.paths()) {
        assertThat(get(locked, path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(get(locked, "/v1/sample").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void theSampleIsEditsAndQuestions() throws Exception {
    JsonNode sample = Json.MAPPER.readTree(get("/v1/sample").body());
    assertThat(sample.path("documents").path(0).path("id").asText()).isEqualTo("a");
    assertThat(sample.path("documents").path(0).path("title").asText()).isEqualTo("A \"title\"");
    assertThat(sample.path("documents")).hasSize(1);
    assertThat(sample.path("questions").path(0).asText()).isEqualTo("What is \"a\"?");
    try (HttpServer without = serve(null, null)) {
      assertThat(get(without, "/v1/sample").statusCode()).isEqualTo(404);
    }
  }

  private static HttpServer serve(@Nullable Sample sample, @Nullable String token)
      throws Exception {
    return HttpServer.start(
        new InetSocketAddress("localhost", 0),
        new Admission(Set.of("localhost"), token, PageRoutes.paths()),
        Bounds.DEFAULT,
        new PageRoutes(sample)::addTo);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(server, path);
  }

  private static HttpResponse<String> get(HttpServer server, String path) throws Exception {
    URI address = URI.create("http://localhost:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString(UTF_8));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
  }
}
