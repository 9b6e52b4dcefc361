package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer for people: what, how sure, what else, from where, how fresh. */
final class AnswerPage {
  private final StringBuilder page = new StringBuilder();

  private AnswerPage() {}

  /**
   * The page, without a line feed at its end.
   *
   * @param now to say how old the index is
   */
  static String of(Answer answer, Instant now) {
    AnswerPage page = new AnswerPage();
    page.headline(answer.result());
    page.alternatives(answer.result());
    answer.result().passages().forEach(page::evidence);
    page.footer(answer, now);
    return page.page.toString().strip();
  }

  private void headline(AnswerResult result) {
    AnswerCandidate answer = result.read().answer();
    if (answer != null) {
      add("%s  (p = %.3f)", Excerpt.name(answer.text()), answer.probability());
    } else {
      add("%s", words(result));
    }
    if (result.reason() != null) {
      add("  reason     %s", Excerpt.message(result.reason()));
    }
  }

  private void alternatives(AnswerResult result) {
    if (!result.read().runnersUp().isEmpty()) {
      add("  or         %s", list(result.read().runnersUp()));
    }
    masks(result.read().masks());
    if (result.read().noAnswerMass() != null) {
      add("  no answer  %.3f", result.read().noAnswerMass());
    }
  }

  /** Of several masks each by itself; a single one is the answer. */
  private void masks(@Nullable List<MaskWords> masks) {
    for (int i = 0; masks != null && masks.size() > 1 && i < masks.size(); i++) {
      add("  mask %-5d %s", i + 1, list(masks.get(i).words()));
    }
  }

  private static String list(List<AnswerCandidate> candidates) {
    return candidates.stream()
        .map(c -> String.format(Locale.ROOT, "%s (%.3f)", Excerpt.name(c.text()), c.probability()))
        .collect(Collectors.joining(", "));
  }

  private void evidence(Evidence passage) {
    add("");
    if (passage.uid().isEmpty()) {
      add("  %d. (no passage: the question alone)", passage.rank());
    } else {
      passage(passage);
    }
    String shares = share("p(z|y,x) %.3f", passage.read().posterior());
    shares += share("RU %.2f nat", passage.read().retrievalUtility());
    add("     score %.3f  p(z|x) %.3f%s", passage.score(), passage.probability(), shares);
  }

  private void passage(Evidence passage) {
    String time =
        passage.passage().revisionTime() == null ? "" : " of " + passage.passage().revisionTime();
    add(
        "  %d. %s  [%s, revision %d%s]",
        passage.rank(),
        passage.passage().title().isEmpty()
            ? "(no title)"
            : Excerpt.name(passage.passage().title()),
        passage.passage().document(),
        passage.passage().revision(),
        time);
    Span span = passage.read().span();
    add(
        "     %s",
        span == null ? beginning(passage) : Quotation.of(passage.passage().text(), span));
  }

  private static String share(String format, @Nullable Double value) {
    return value == null ? "" : "  " + String.format(Locale.ROOT, format, value);
  }

  private void footer(Answer answer, Instant now) {
    AnswerResult result = answer.result();
    add("");
    IndexVersion version = result.version();
    if (version != null) {
      add(
          "  index      version %d, %s",
          version.number(),
          result.coverage().exact() ? "exact" : result.coverage().cellsProbed() + " cells probed");
    }
    Instant through = answer.run().indexedThrough();
    if (through != null) {
      double age = Duration.between(through, now).toMillis() / 1000.0;
      add("  fresh      every edit up to %s (%.1f s ago)", through, Math.max(0, age));
    }
    if (result.coverage().partial()) {
      add("  partial    shards were missing at the deadline");
    }
    if (version != null && !result.coverage().complete()) {
      add("  building   this index version does not hold every document yet");
    }
    if (result.coverage().truncated()) {
      add("  truncated  question or passages exceeded a model's limit and were cut");
    }
  }

  private static String beginning(Evidence passage) {
    return passage.passage().text().isEmpty()
        ? "(empty)"
        : Quotation.beginning(passage.passage().text());
  }

  private static String words(AnswerResult result) {
    return switch (result.status()) {
      case ANSWERED -> result.passages().size() + " passages";
      case NO_ANSWER -> "no answer in the passages";
      case NO_CANDIDATES -> "no passage for this question";
      case NO_INDEX -> "no index yet";
      case INVALID -> "invalid query";
      case TIMED_OUT -> "timed out";
      case FAILED -> "failed";
      case UNAVAILABLE_VERSION -> "that version does not serve";
      case OVERLOADED -> "too many questions at once; ask again later";
    };
  }

  private void add(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
