package io.realmstream.deploy.wikipedia.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real server of events that misbehaves as the real service does, and worse: it cuts, stalls,
 * repeats, mixes its topics, forgets what is old, does not know ids, sends garbage and lines
 * without end.
 */
public final class EventServer implements AutoCloseable {
  /** How a connection begins and ends. */
  public enum Kind {
    CUT,
    CUT_IN_AN_EVENT,
    STALL,
    GARBAGE,
    ENDLESS_LINE,
    UNAVAILABLE,
    HTML,
    ID_REFUSED,
    ID_NOT_KNOWN,
    FORGETS
  }

  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":(\\d+)");

  /** What a server forgets at a time, in offsets, and so in seconds. */
  private static final int FORGOTTEN = 300;

  private final FeedLog log;
  private final List<Kind> plan;
  private final int eventsEach;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Gap> forgotten = new ArrayList<>();
  private final List<String> agents = new ArrayList<>();
  private int connections;
  private int floor;

  /**
   * Starts it.
   *
   * @param plan of the connections, in order; those behind are faultless
   * @param eventsEach about how many events a connection gives
   */
  public EventServer(FeedLog log, List<Kind> plan, int eventsEach) throws IOException {
    this.log = log;
    this.plan = List.copyOf(plan);
    this.eventsEach = eventsEach;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/v2/stream";
  }

  /** What was forgotten; each event of it may have been sent before. */
  public synchronized List<Gap> forgotten() {
    return List.copyOf(forgotten);
  }

  public synchronized int connections() {
    return connections;
  }

  /** What clients called themselves. */
  public synchronized List<String> agents() {
    return List.copyOf(agents);
  }

  private void serve(HttpExchange exchange) throws IOException {
    int number;
    int[] next;
    Kind kind;
    synchronized (this) {
      number = connections++;
      agents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
      kind = number < plan.size() ? plan.get(number) : null;
      String id = exchange.getRequestHeaders().getFirst("Last-Event-ID");
      boolean unknown = kind == Kind.ID_REFUSED || kind == Kind.ID_NOT_KNOWN;
      if (kind == Kind.ID_REFUSED && id != null) {
        refuse(exchange, 400);
        return;
      }
      next = unknown && id != null ? newest() : asked(id, exchange.getRequestURI().getQuery());
      if (kind == Kind.FORGETS) {
        int from = Math.min(next[0], next[1]);
        floor = Math.max(floor, Math.min(from + FORGOTTEN, log.offsets() - 1));
        forgotten.add(new Gap(FeedLog.time(from), FeedLog.time(floor)));
      }
      next[0] = Math.max(next[0], floor);
      next[1] = Math.max(next[1], floor);
    }
    if (kind == Kind.UNAVAILABLE) {
      refuse(exchange, 503);
    } else if (kind == Kind.HTML) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 4);
      exchange.getResponseBody().write("<p>?".getBytes(UTF_8));
      exchange.close();
    } else {
      stream(exchange, kind, new Random(number), next);
    }
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private int[] newest() {
    return new int[] {log.offsets() - 1, log.offsets() - 1};
  }

  /** The service resumes by time: what came last comes again. */
  private int[] asked(@Nullable String id, String query) {
    if (id != null) {
      Matcher times = TIMESTAMP.matcher(id);
      int[] next = new int[2];
      for (int topic = 0; topic < 2 && times.find(); topic++) {
        next[topic] = FeedLog.offset(Instant.ofEpochMilli(Long.parseLong(times.group(1))));
      }
      return next;
    }
    int since =
        query == null ? log.offsets() : FeedLog.offset(Instant.parse(query.replace("since=", "")));
    return new int[] {since, since};
  }

  private void stream(HttpExchange exchange, @Nullable Kind kind, Random random, int[] next)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16);
    try {
      out.write(":ok\n\n".getBytes(UTF_8));
      int many = kind == null ? Integer.MAX_VALUE : eventsEach / 2 + random.nextInt(eventsEach);
      int[] last = {Math.max(0, next[0] - 1), Math.max(0, next[1] - 1)};
      for (int i = 0; i < many && Math.min(next[0], next[1]) < log.offsets(); i++) {
        int topic = topic(random, next);
        last[topic] = next[topic]++;
        byte[] event = log.sent(topic, last);
        out.write(event);
        disturb(random, out, event, last);
      }
      finish(kind, out, last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /** The order of topics is chance, up to ten events. */
  private int topic(Random random, int[] next) {
    int lead = next[0] - next[1];
    if (next[0] >= log.offsets() || lead > 10) {
      return 1;
    }
    return next[1] >= log.offsets() || lead < -10 ? 0 : random.nextInt(2);
  }

  private static void disturb(Random random, OutputStream out, byte[] event, int[] last)
      throws IOException {
    switch (random.nextInt(200)) {
      case 0, 1 -> out.write(event);
      case 2 -> out.write(": a comment\n\nunheard: of\n\n".getBytes(UTF_8));
      case 3 -> out.write(FeedLog.sent("{\"meta\":", last));
      case 4 ->
          out.write(
              FeedLog.sent(
                  "{\"meta\":{\"dt\":\"%s\",\"domain\":\"canary\"},\"wiki_id\":\"examplewiki\"}"
                      .formatted(FeedLog.time(Math.max(last[0], last[1]))),
                  last));
      default -> {
        // most of the time all is well
      }
    }
  }

  private static void finish(@Nullable Kind kind, OutputStream out, int[] last)
      throws IOException, InterruptedException {
    if (kind == Kind.CUT_IN_AN_EVENT) {
      byte[] event = FeedLog.sent("{\"meta\":{\"dt\":\"2099-01-01T00:00:00Z\"}}", last);
      out.write(event, 0, event.length - 9);
    } else if (kind == Kind.GARBAGE) {
      byte[] garbage = new byte[10_000];
      new Random(1).nextBytes(garbage);
      out.write(garbage);
      out.write("\n\n".getBytes(UTF_8));
    } else if (kind == Kind.ENDLESS_LINE) {
      byte[] line = "data: without end ".repeat(4096).getBytes(UTF_8);
      while (true) {
        out.write(line);
      }
    } else if (kind == Kind.STALL || kind == null) {
      out.flush();
      TimeUnit.DAYS.sleep(1);
    }
    out.flush();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
