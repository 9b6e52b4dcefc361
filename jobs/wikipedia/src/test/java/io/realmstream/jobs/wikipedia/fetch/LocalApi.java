package io.realmstream.jobs.wikipedia.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** An HTTP server that answers as MediaWiki's API does, and misbehaves as it is told. */
public final class LocalApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CURRENT_TIME = "2026-03-01T09:30:00Z";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Long, String> texts = new ConcurrentHashMap<>();
  private final Set<Long> hidden = ConcurrentHashMap.newKeySet();
  private final Set<Long> lost = ConcurrentHashMap.newKeySet();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Long> heavy = ConcurrentHashMap.newKeySet();
  private volatile int textsPerReply = Integer.MAX_VALUE;
  private volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE);

  /** What goes wrong with one request. */
  public enum Fault {
    TOO_MANY,
    UNAVAILABLE,
    BAD_GATEWAY,
    GATEWAY_TIMEOUT,
    LAG,
    HTML,
    HALF,
    ENDLESS,
    CUT_OFF,
    /** A reply begins and does not go on. */
    STALL,
    SERVER_ERROR
  }

  /** A request that came. */
  public record Request(List<Long> revisions, String userAgent, boolean continues) {}

  public LocalApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/w/api.php", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/w/api.php";
  }

  /** The settings of who asks only here. */
  public FetchSettings settings(int requestsPerMinute) {
    return new FetchSettings(
        "realmstream (a@example.org)", requestsPerMinute, Map.of("enwiki", address()));
  }

  public LocalApi text(long revision, String text) {
    texts.put(revision, text);
    return this;
  }

  public LocalApi hide(long revision) {
    hidden.add(revision);
    return this;
  }

  /** Its storage does not give the text. */
  public LocalApi lose(long revision) {
    lost.add(revision);
    return text(revision, "");
  }

  /** No request that names it gets a reply: its gateway gives up. */
  public LocalApi burden(long revision) {
    heavy.add(revision);
    return text(revision, "");
  }

  public LocalApi next(Fault... coming) {
    faults.addAll(Arrays.asList(coming));
    return this;
  }

  /** Nobody is at its address any more. */
  public void leave() {
    server.stop(0);
  }

  /** Nothing goes wrong any more. */
  public void recover() {
    faults.clear();
  }

  /** Larger replies are continued. */
  public LocalApi textsPerReply(int most) {
    textsPerReply = most;
    return this;
  }

  /** Requests are answered only when they are let through. */
  public LocalApi hold() {
    gate = new Semaphore(0);
    return this;
  }

  public void release() {
    gate.release(1_000_000);
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> question = question(exchange.getRequestURI().getRawQuery());
      List<Long> ids =
          Arrays.stream(question.getOrDefault("revids", "").split("\\|", -1))
              .map(Long::valueOf)
              .toList();
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      requests.add(new Request(ids, agent, question.containsKey("rvcontinue")));
      gate.acquire();
      boolean isTooMuch = ids.stream().anyMatch(heavy::contains);
      Fault fault = isTooMuch ? Fault.GATEWAY_TIMEOUT : faults.poll();
      if (fault == null) {
        long from = Long.parseLong(question.getOrDefault("rvcontinue", "0"));
        reply(exchange, 200, JSON.writeValueAsBytes(answer(ids, from)));
      } else {
        misbehave(exchange, fault);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode answer(List<Long> ids, long from) {
    ObjectNode reply = JSON.createObjectNode();
    reply.put("curtimestamp", CURRENT_TIME);
    ObjectNode query = reply.putObject("query");
    var pages = query.putArray("pages");
    int given = 0;
    for (long id : ids.stream().sorted().toList()) {
      if (!texts.containsKey(id) && !hidden.contains(id)) {
        ObjectNode bad = query.withObject("/badrevids").putObject(Long.toString(id));
        bad.put("revid", id).put("missing", true);
      } else if (id >= from) {
        if (given == textsPerReply) {
          reply.putObject("continue").put("rvcontinue", Long.toString(id)).put("continue", "||");
          break;
        }
        given++;
        ObjectNode page = pages.addObject();
        page.put("pageid", id).put("ns", 0).put("title", "Page " + id);
        ObjectNode revision = page.putArray("revisions").addObject();
        revision.put("revid", id);
        ObjectNode main = revision.putObject("slots").putObject("main");
        main.put("contentmodel", "wikitext");
        if (hidden.contains(id)) {
          main.put("texthidden", true);
        } else if (lost.contains(id)) {
          main.put("textmissing", true);
        } else {
          main.put("content", texts.get(id));
        }
      }
    }
    return reply;
  }

  private void misbehave(HttpExchange exchange, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case TOO_MANY -> {
        exchange.getResponseHeaders().add("Retry-After", "7");
        reply(exchange, 429, "slow down".getBytes(UTF_8));
      }
      case UNAVAILABLE -> reply(exchange, 503, new byte[0]);
      case BAD_GATEWAY -> reply(exchange, 502, new byte[0]);
      case GATEWAY_TIMEOUT -> reply(exchange, 504, new byte[0]);
      case SERVER_ERROR -> reply(exchange, 500, new byte[0]);
      case LAG -> {
        exchange.getResponseHeaders().add("Retry-After", "5");
        reply(exchange, 200, "{\"error\": {\"code\": \"maxlag\", \"lag\": 6}}".getBytes(UTF_8));
      }
      case HTML -> reply(exchange, 200, "<html><body>Our servers".getBytes(UTF_8));
      case HALF -> reply(exchange, 200, "{\"query\": {\"pages\": [".getBytes(UTF_8));
      case CUT_OFF -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"query\"".getBytes(UTF_8));
      }
      case STALL -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"query\"".getBytes(UTF_8));
        exchange.getResponseBody().flush();
        gate.acquire(Integer.MAX_VALUE);
      }
      case ENDLESS -> {
        exchange.sendResponseHeaders(200, 0);
        byte[] more = new byte[1 << 20];
        Arrays.fill(more, (byte) ' ');
        OutputStream body = exchange.getResponseBody();
        while (true) {
          body.write(more);
        }
      }
    }
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> question(String query) {
    Map<String, String> question = new HashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      question.put(
          URLDecoder.decode(part.substring(0, equals), UTF_8),
          URLDecoder.decode(part.substring(equals + 1), UTF_8));
    }
    return question;
  }

  /** Every revision in every request. */
  public List<Long> asked() {
    List<Long> all = new ArrayList<>();
    requests.forEach(request -> all.addAll(request.revisions()));
    return all;
  }
}
