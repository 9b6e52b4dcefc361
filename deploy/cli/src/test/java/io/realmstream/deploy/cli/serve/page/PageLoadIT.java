package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.schemas.document.Outcome.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.serve.page.WrittenTopics.Revision;
import io.realmstream.deploy.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The page while a thousand edits a second go by, and questions are asked. {@code
 * -Drealm.page.seconds=60} lets it go on for longer.
 */
class PageLoadIT extends WrittenPage {
  private static final int SECONDS = Integer.getInteger("realm.page.seconds", 20);
  private static final int EDITS_PER_SECOND = 1_000;
  private static final long HEAP_BYTES_MAX = 200L << 20;
  private static final long NODES_MAX = 10_000;

  /**
   * Notes when answers and statuses come, which is when their JSON is parsed, and when what they
   * say is painted. Of statuses, those of the document that the shown answer quotes, and how long
   * the feed leaves the oldest of its events unpainted.
   */
  private static final String WATCH =
      """
      window.seen = { statuses: 0, answers: [], changes: [], feed: [] };
      const waiting = { answer: null, change: null, feed: null };
      const parse = JSON.parse;
      JSON.parse = (text, ...more) => {
        const now = performance.now();
        if (text.includes('"answerableAt"')) {
          window.seen.statuses++;
          waiting.feed ??= now;
          waiting.change ??= text.includes('"quoted') ? now : null;
        } else if (text.includes('"runnersUp"')) {
          waiting.answer = now;
        }
        return parse(text, ...more);
      };
      const painted = (name, list) => {
        const came = waiting[name];
        if (came !== null) {
          waiting[name] = null;
          requestAnimationFrame(() => list.push(performance.now() - came));
        }
      };
      new MutationObserver(() => painted('feed', window.seen.feed))
        .observe(document.querySelector('#feed'), { childList: true });
      new MutationObserver(() => {
        const changed = document.querySelector('#changed');
        if (changed && !changed.hidden) {
          painted('change', window.seen.changes);
        } else if (document.querySelector('#answer .badges')) {
          painted('answer', window.seen.answers);
        }
      }).observe(
        document.querySelector('#answer'),
        { childList: true, subtree: true, attributes: true });
      """;

  @Test
  void aThousandEditsASecondLeaveItSmallAndPrompt() throws Exception {
    look("(v1)");
    browser.script(WATCH);
    StatusFlow flow = topics.flow(EDITS_PER_SECOND);
    long written;
    int asked;
    try {
      asked = askForAWhile();
    } finally {
      written = flow.stop();
    }
    assertThat(written).isGreaterThan(EDITS_PER_SECOND * (SECONDS - 2L));
    browser.awaitTrue("window.seen.statuses === " + (written + asked));
    tell("answers", sorted("answers"));
    tell("marks of answers no longer in force", sorted("changes"));
    tell("the feed", sorted("feed"));
    assertSmall();
    assertThat(browser.text("#banner")).isEmpty();
  }

  /** Each answer is no longer in force a moment after it was given; returns how many there are. */
  private int askForAWhile() throws Exception {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    int asked = 0;
    for (; System.nanoTime() < end; asked++) {
      String document = "quoted " + asked;
      ask("What do goats eat?", WrittenAnswers.saying(document, "Goats eat grass."));
      topics.answerable(new Revision(document, 2, 1), UPDATED, Instant.now());
      browser.awaitText("#changed", "no longer in force");
    }
    return asked;
  }

  /** Times are told and not judged: they are the machine's as well. */
  private static void tell(String what, List<Double> sortedMs) {
    assertThat(sortedMs).as(what).isNotEmpty();
    System.out.printf(
        "%s: %d painted, median %.0f ms, nine of ten within %.0f ms%n",
        what,
        sortedMs.size(),
        sortedMs.get(sortedMs.size() / 2),
        sortedMs.get(sortedMs.size() * 9 / 10));
  }

  private static void assertSmall() {
    browser.command("HeapProfiler.collectGarbage");
    long heap = number(browser.command("Runtime.getHeapUsage").get("usedSize"));
    long nodes = number(browser.command("Memory.getDOMCounters").get("nodes"));
    System.out.printf("heap %d MB, %d nodes%n", heap >> 20, nodes);
    assertThat(heap).isLessThan(HEAP_BYTES_MAX);
    assertThat(nodes).isLessThan(NODES_MAX);
  }

  private static long number(@Nullable Object value) {
    return ((Number) Objects.requireNonNull(value)).longValue();
  }

  private static List<Double> sorted(String list) throws Exception {
    String json = String.valueOf(browser.script("return JSON.stringify(window.seen)"));
    List<Double> values = new ArrayList<>();
    for (JsonNode value : Json.MAPPER.readTree(json).path(list)) {
      values.add(value.asDouble());
    }
    Collections.sort(values);
    return values;
  }
}
