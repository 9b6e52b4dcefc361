package io.realmstream.deploy.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a page of metrics all the time, on a thread of its own, and keeps what it says of ours.
 * "operator metric" names one, with its version if it has one.
 */
final class SampleReader implements AutoCloseable {
  private static final long PAUSE_MS = 50;
  private static final Pattern SAMPLE =
      Pattern.compile(
          "(?m)^flink_taskmanager_job_task_operator_realm_(\\w+)\\{(.*)} (-?[\\d.E]+)$");
  private static final Pattern OPERATOR = Pattern.compile("operator_name=\"([^\"]+)\"");
  private static final Pattern VERSION = Pattern.compile("(?<![\\w])version=\"([^\"]+)\"");

  private final int port;
  private final Map<String, List<Long>> samples = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "samples");
  private volatile boolean closed;

  private SampleReader(int port) {
    this.port = port;
  }

  /** Begins to read, even before somebody is there. */
  static SampleReader of(int port) {
    SampleReader reader = new SampleReader(port);
    reader.thread.start();
    return reader;
  }

  /** Whether somebody tells metrics at a port. */
  static boolean isThere(int port) throws IOException, InterruptedException {
    try {
      return !ScrapedMetrics.page(port).isEmpty();
    } catch (ConnectException nobody) {
      return false;
    }
  }

  /** Each value that was read, in order. */
  List<Long> all(String metric) {
    return List.copyOf(samples.getOrDefault(metric, List.of()));
  }

  /** The value that was read last; {@link Long#MIN_VALUE} = none. */
  long last(String metric) {
    List<Long> all = all(metric);
    return all.isEmpty() ? Long.MIN_VALUE : all.get(all.size() - 1);
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(PAUSE_MS);
        take(ScrapedMetrics.page(port));
      } catch (IOException notThere) {
        // before the start, and behind the end
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void take(String page) {
    Matcher sample = SAMPLE.matcher(page);
    while (sample.find()) {
      Matcher operator = OPERATOR.matcher(sample.group(2));
      Matcher version = VERSION.matcher(sample.group(2));
      if (operator.find()) {
        String of = version.find() ? " " + version.group(1) : "";
        samples
            .computeIfAbsent(
                operator.group(1) + " " + sample.group(1) + of, any -> new CopyOnWriteArrayList<>())
            .add((long) Double.parseDouble(sample.group(3)));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
