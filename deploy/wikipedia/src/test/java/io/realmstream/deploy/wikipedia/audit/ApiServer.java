package io.realmstream.deploy.wikipedia.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.realmstream.model.wikipedia.site.Contact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real server that answers as a wiki's API does, and may misbehave first. */
public final class ApiServer implements AutoCloseable {
  static final String NOW = "2026-04-02T00:00:00Z";

  /** By page number, which is also the order of titles; the revision. */
  final TreeMap<Long, Long> pages = new TreeMap<>();

  /** Pages that point to others. */
  final Set<Long> redirects;

  /** Pages whose current text nobody may see; whoever asks for hashes is told so. */
  final Set<Long> hidden = new HashSet<>();

  /** Statuses that it answers first; 200 with an error stands for a wiki that lags. */
  final Deque<Integer> refusals = new ArrayDeque<>();

  /** What it answers first with status 200, before all that it knows. */
  final Deque<String> replies = new ArrayDeque<>();

  /** What a refusal says of the time to wait. */
  String retryAfter = "0";

  /** Whether it sends half of its next reply, and then nothing. */
  volatile boolean stalls;

  /** Told to the audit's messages. */
  final List<String> messages = new ArrayList<>();

  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private String lastAgent = "";

  public ApiServer(Set<Long> redirects) throws IOException {
    this.redirects = redirects;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  public String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/w/api.php";
  }

  /** How many requests came. */
  public int requests() {
    return requests.get();
  }

  /** The wiki has a page at a revision. */
  public void put(long page, long revision) {
    pages.put(page, revision);
  }

  WikiApi api() {
    return new WikiApi(
        new WikiApi.ApiAccess(
            "enwiki", address(), new Contact("a@example.org"), Duration.ofMillis(1)),
        Duration.ofSeconds(2),
        messages::add);
  }

  String lastAgent() {
    return lastAgent;
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    lastAgent = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
    if (stalls) {
      stalls = false;
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      return;
    }
    String reply = replies.poll();
    if (reply != null) {
      answer(exchange, 200, reply);
      return;
    }
    Integer refusal = refusals.poll();
    if (refusal != null) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      answer(exchange, refusal, refusal == 200 ? "{\"error\":{\"code\":\"maxlag\"}}" : "<p>no</p>");
      return;
    }
    Map<String, String> question = new HashMap<>();
    for (String each : exchange.getRequestURI().getQuery().split("&", -1)) {
      String[] parts = each.split("=", 2);
      question.put(parts[0], parts[1]);
    }
    String asked = question.get("pageids");
    answer(exchange, 200, asked == null ? list(question) : byNumber(asked, question));
  }

  private String list(Map<String, String> question) {
    long first = Long.parseLong(question.getOrDefault("gapcontinue", "0"));
    int most = Integer.parseInt(question.getOrDefault("gaplimit", "10"));
    StringBuilder json = new StringBuilder();
    Long next = null;
    int count = 0;
    for (Long page : pages.tailMap(first).keySet()) {
      if (redirects.contains(page)) {
        continue;
      }
      if (count++ == most) {
        next = page;
        break;
      }
      json.append(count == 1 ? "" : ",").append(present(page, question));
    }
    return reply(json.toString(), next);
  }

  private String byNumber(String asked, Map<String, String> question) {
    StringBuilder json = new StringBuilder();
    for (String number : asked.split("\\|", -1)) {
      Long page = Long.valueOf(number);
      json.append(json.isEmpty() ? "" : ",")
          .append(
              pages.containsKey(page)
                  ? present(page, question)
                  : "{\"pageid\":" + page + ",\"missing\":true}");
    }
    return reply(json.toString(), null);
  }

  private String present(Long page, Map<String, String> question) {
    boolean hashes = List.of(question.getOrDefault("rvprop", "").split("\\|", -1)).contains("sha1");
    String hash = hidden.contains(page) ? "\"sha1hidden\":true" : "\"sha1\":\"abc\"";
    return """
    {"pageid":%d,"ns":0,"title":"Title %d","contentmodel":"wikitext","length":%d%s,\
    "revisions":[{"revid":%d,"timestamp":"2026-03-01T10:00:00Z"%s}]}\
    """
        .formatted(
            page,
            page,
            1_000 * page,
            redirects.contains(page) ? ",\"redirect\":true" : "",
            pages.get(page),
            hashes ? "," + hash : "");
  }

  private static String reply(String pages, @Nullable Long next) {
    String behind = next == null ? "" : ",\"continue\":{\"gapcontinue\":\"" + next + "\"}";
    return "{\"curtimestamp\":\"%s\"%s,\"query\":{\"pages\":[%s]}}".formatted(NOW, behind, pages);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
