package io.realmstream.deploy.wikipedia.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.files.Allowance;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.wikipedia.site.Contact;
import io.realmstream.schemas.wikipedia.ObservedPage;
import io.realmstream.schemas.wikipedia.ObservedRevision;
import io.realmstream.schemas.wikipedia.ObservedState;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a wiki's API says of its pages. One request at a time, at a pace; a refusal slows down all
 * that follow.
 */
public final class WikiApi {
  /** Pages that the API lists in one reply, without a login. */
  static final int LISTED_MAX = 500;

  /** Pages that the API takes by number in one request, without a login. */
  static final int ASKED_MAX = 50;

  private static final int REPLY_BYTES_MAX = 64 << 20;
  private static final int TRIES_MAX = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String FORM =
      "?action=query&format=json&formatversion=2&maxlag=5&curtimestamp=1"
          + "&prop=info%7Crevisions&rvprop=ids%7Ctimestamp%7Csha1";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ApiAccess access;
  private final Duration patience;
  private final Consumer<String> messages;
  private long requests;
  private long nextNanos = System.nanoTime();

  /**
   * Connects when it is first asked.
   *
   * @param messages told in one line each which page of a reply cannot be used
   */
  public WikiApi(ApiAccess access, Consumer<String> messages) {
    this(access, PATIENCE, messages);
  }

  /**
   * @param patience with one reply, from its request to its last byte
   */
  WikiApi(ApiAccess access, Duration patience, Consumer<String> messages) {
    this.access = access;
    this.patience = patience;
    this.messages = messages;
  }

  /**
   * Who asks what, and how often.
   *
   * @param address for instance {@code https://en.wikipedia.org/w/api.php}
   * @param pause between two requests, and the first one after a failure
   */
  public record ApiAccess(String wiki, String address, Contact contact, Duration pause) {}

  /** Requests sent. */
  public long requests() {
    return requests;
  }

  /**
   * Pages of a namespace in the order of their titles, without redirects.
   *
   * @param next of the reply before; null = from the first on
   * @throws IOException if the wiki does not answer after {@value #TRIES_MAX} tries
   */
  ListedPages pages(int namespace, @Nullable String next) throws IOException, InterruptedException {
    JsonNode reply =
        ask(
            "&generator=allpages&gapfilterredir=nonredirects&gaplimit=%d&gapnamespace=%d%s"
                .formatted(
                    LISTED_MAX,
                    namespace,
                    next == null ? "" : "&gapcontinue=" + URLEncoder.encode(next, UTF_8)));
    JsonNode behind = reply.path("continue").path("gapcontinue");
    return new ListedPages(
        time(reply), observed(reply), behind.isTextual() ? behind.asText() : null);
  }

  /** Pages by number, at most {@value #ASKED_MAX}; also those that are not there. */
  List<ListedPages.Page> pages(long... ids) throws IOException, InterruptedException {
    String joined = LongStream.of(ids).mapToObj(String::valueOf).collect(Collectors.joining("%7C"));
    return observed(ask("&pageids=" + joined));
  }

  private List<ListedPages.Page> observed(JsonNode reply) throws IOException {
    List<ListedPages.Page> pages = new ArrayList<>();
    Instant now = time(reply);
    for (JsonNode page : reply.path("query").path("pages")) {
      try {
        WikipediaObserved observed =
            page.path("missing").asBoolean() ? gone(page, now) : present(page, now);
        pages.add(new ListedPages.Page(observed, Math.max(0, page.path("length").asLong())));
      } catch (DateTimeException | IllegalArgumentException e) {
        messages.accept(
            "page %s is left out, the wiki's reply is not understood: %s"
                .formatted(page.path("pageid").asText("without a number"), e.getMessage()));
      }
    }
    return pages;
  }

  private static Instant time(JsonNode reply) throws IOException {
    try {
      return Instant.parse(reply.path("curtimestamp").asText());
    } catch (DateTimeException e) {
      throw new IOException("the wiki's reply is not understood: " + e.getMessage(), e);
    }
  }

  private WikipediaObserved gone(JsonNode page, Instant now) {
    return withoutText(page, now, ObservedState.GONE, ObservedRevision.NONE);
  }

  private WikipediaObserved withoutText(
      JsonNode page, Instant now, ObservedState state, ObservedRevision revision) {
    return new WikipediaObserved(
        WikipediaObserved.SCHEMA,
        access.wiki(),
        page.path("pageid").asLong(),
        now,
        state,
        ObservedPage.NONE,
        revision);
  }

  private WikipediaObserved present(JsonNode page, Instant now) {
    JsonNode revision = page.path("revisions").path(0);
    if (!revision.path("revid").isIntegralNumber()) {
      throw new IllegalArgumentException("it has no revision");
    }
    if (revision.path("sha1hidden").asBoolean()) {
      // the wiki hides a text and its hash together
      ObservedRevision hidden =
          new ObservedRevision(revision.path("revid").asLong(), null, null, null);
      return withoutText(page, now, ObservedState.HIDDEN, hidden);
    }
    return new WikipediaObserved(
        WikipediaObserved.SCHEMA,
        access.wiki(),
        page.path("pageid").asLong(),
        now,
        ObservedState.PRESENT,
        new ObservedPage(
            page.path("title").asText(),
            page.path("ns").asInt(),
            page.path("redirect").asBoolean(),
            page.path("contentmodel").asText("wikitext")),
        new ObservedRevision(
            revision.path("revid").asLong(),
            Instant.parse(revision.path("timestamp").asText()),
            null,
            null));
  }

  private JsonNode ask(String question) throws IOException, InterruptedException {
    IOException last = new IOException("not asked");
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      waitForTurn();
      long endNanos = System.nanoTime() + patience.toNanos();
      try {
        HttpResponse<InputStream> reply = send(question);
        JsonNode json = json(reply, endNanos);
        if (json != null) {
          return json;
        }
        last = new IOException("the wiki answers " + reply.statusCode());
        slowDown(tries, reply.headers().firstValue("Retry-After").map(WikiApi::seconds).orElse(0L));
      } catch (IOException e) {
        last = e;
        slowDown(tries, 0);
      }
    }
    throw last;
  }

  private HttpResponse<InputStream> send(String question) throws IOException, InterruptedException {
    requests++;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(access.address() + FORM + question))
            .timeout(patience)
            .header("User-Agent", access.contact().userAgent())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  /**
   * The reply; null if the request is to be repeated: it was refused, or the replicas of the wiki
   * lag.
   */
  private static @Nullable JsonNode json(HttpResponse<InputStream> reply, long endNanos)
      throws IOException {
    try (InputStream body = new Allowance(reply.body(), REPLY_BYTES_MAX)) {
      if (reply.statusCode() != 200) {
        return null;
      }
      JsonNode json = Json.MAPPER.readTree(whole(body, endNanos));
      return json.has("error") || !json.has("curtimestamp") ? null : json;
    }
  }

  /** The client's own limit is on the head of a reply only. */
  private static byte[] whole(InputStream body, long endNanos) throws IOException {
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> close(body),
            CompletableFuture.delayedExecutor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS));
    try {
      return body.readAllBytes();
    } finally {
      end.cancel(false);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close(); // whoever reads gets an IOException
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds, as MediaWiki gives them; a date, as proxies may, is taken for none. */
  private static long seconds(String retryAfter) {
    return retryAfter.matches("[0-9]{1,5}") ? Long.parseLong(retryAfter) : 0;
  }

  private void waitForTurn() throws InterruptedException {
    long waitNanos = nextNanos - System.nanoTime();
    if (waitNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNanos);
    }
    nextNanos = System.nanoTime() + access.pause().toNanos();
  }

  private void slowDown(int tries, long retryAfterSeconds) {
    Duration pause = access.pause().multipliedBy(1L << (2 * tries + 1));
    Duration asked = Duration.ofSeconds(Math.min(600, retryAfterSeconds));
    nextNanos = System.nanoTime() + (asked.compareTo(pause) > 0 ? asked : pause).toNanos();
  }
}
