package io.realmstream.jobs.wikipedia.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.wikipedia.decode.DecodeEventFunction;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.model.wikipedia.Statement;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * How many events that change nothing the follower takes in a second of CPU, of the whole process:
 * from bytes to outcomes, with the pages' state in RocksDB.
 *
 * <pre>
 * java ... IdleEventsMeasurement [EVENTS]
 * </pre>
 */
public final class IdleEventsMeasurement {
  private static final int PAGES = 1_000;
  private static final int ROUNDS = 4;
  private static final String EVENT =
      """
      {"$schema": "/mediawiki/page/change/1.2.0", "dt": "2026-03-01T09:30:00Z", "wiki_id": "enwiki",
       "meta": {"dt": "2026-03-01T09:30:00.123Z", "domain": "en.wikipedia.org", "stream": "x"},
       "changelog_kind": "update", "page_change_kind": "edit", "comment": "some words of somebody",
       "performer": {"user_text": "Somebody", "groups": ["*", "user"], "is_bot": false},
       "page": {"page_id": %d, "page_title": "Page_%d", "namespace_id": %d, "is_redirect": false},
       "revision": {"rev_id": %d, "rev_dt": "2026-03-01T09:30:00Z", "is_content_visible": true,
                    "rev_size": 12345, "is_minor_edit": false,
                    "content_slots": {"main": {"content_model": "wikitext", "content_sha1": "abc",
                                               "content_size": 12345%s}}}}
      """;

  private final OneInputStreamOperatorTestHarness<InboundRecord, Statement> decoder;
  private final PagesHarness pages;

  private IdleEventsMeasurement(PagesHarness pages) throws Exception {
    this.pages = pages;
    decoder =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeEventFunction(Set.of("enwiki"))));
    decoder.open();
  }

  public static void main(String[] arguments) throws Exception {
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    try (LocalApi api = new LocalApi();
        PagesHarness pages = new PagesHarness(api, Duration.ZERO)) {
      IdleEventsMeasurement measurement = new IdleEventsMeasurement(pages);
      measurement.take(PAGES, page -> event(page, 0, 1, ", \"content_body\": \"A text.\""));
      for (int round = 1; round <= ROUNDS; round++) {
        long first = (long) round * events;
        measurement.measure("repeats", events, i -> event(i % PAGES, 0, 1, ""));
        measurement.measure("other namespaces", events, i -> event(i % PAGES + PAGES, 1, 1, ""));
        measurement.measure("equal texts", events, i -> event(i % PAGES, 0, first + i, ""));
      }
    }
  }

  private static String event(int page, int namespace, long revision, String more) {
    return EVENT.formatted(page + 1, page + 1, namespace, revision, more);
  }

  private void measure(String what, int events, IntFunction<String> event) throws Exception {
    double before = cpuSeconds();
    take(events, event);
    System.out.printf(
        Locale.ROOT, "%-17s %,9.0f a second of CPU%n", what, events / (cpuSeconds() - before));
  }

  private void take(int events, IntFunction<String> event) throws Exception {
    for (int i = 0; i < events; i++) {
      byte[] bytes = event.apply(i).getBytes(UTF_8);
      decoder.processElement(new InboundRecord("events", 0, i, 0, null, bytes, List.of()), 0);
      for (Statement statement : decoder.extractOutputValues()) {
        pages.take(statement);
      }
      decoder.getOutput().clear();
      pages.clear();
    }
  }

  private static double cpuSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }
}
