package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.answer.Span;
import io.realmstream.schemas.document.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An answer for people: what, how sure, what else, from where, how fresh. */
final class AnswerPage {
  private final Page page = new Page(2, 9);

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
      page.line(
          "%s  (p = %.3f%s%s)",
          Excerpt.name(answer.text()),
          answer.probability(),
          upTo(answer.probability(), result),
          confidence(result));
    } else {
      page.line("%s", words(result));
    }
    AnswerCandidate withheld = result.read().withheld();
    if (withheld != null) {
      page.entry("withheld", "%s", list(List.of(withheld)));
    }
    if (result.reason() != null) {
      page.entry("reason", "%s", Excerpt.message(result.reason()));
    }
  }

  private static String confidence(AnswerResult result) {
    Double confidence = result.read().confidence();
    return confidence == null ? "" : Page.format(", confidence %.2f", confidence);
  }

  /** The other end of the interval that the probability is in; empty where they print alike. */
  private static String upTo(double probability, AnswerResult result) {
    Double unread = result.read().unreadMass();
    double high = Math.min(1, probability + (unread == null ? 0 : unread));
    String text = Page.format(" to %.3f", high);
    return text.equals(Page.format(" to %.3f", probability)) ? "" : text;
  }

  private void alternatives(AnswerResult result) {
    if (!result.read().runnersUp().isEmpty()) {
      page.entry("or", "%s", list(result.read().runnersUp()));
    }
    masks(result.read().masks());
    ReferenceScore reference = result.read().reference();
    if (reference != null) {
      page.entry("reference", "p = %.3g%s", probability(reference), log(reference));
    }
    if (result.read().noAnswerMass() != null) {
      page.entry("no answer", "%.3f", result.read().noAnswerMass());
    }
    if (result.read().unreadMass() != null) {
      page.entry(
          "read",
          "%d of %d passages%s",
          result.passages().stream().filter(Evidence::wasRead).count(),
          result.passages().stream().filter(passage -> !passage.uid().isEmpty()).count(),
          result.read().unreadMass() > 0 ? ", which decide the answer" : "");
    }
  }

  private static double probability(ReferenceScore reference) {
    return reference.logProbability() == null ? 0 : Math.exp(reference.logProbability());
  }

  private static String log(ReferenceScore reference) {
    return reference.logProbability() == null
        ? ""
        : Page.format(" (log %.3f)", reference.logProbability());
  }

  /** Of several masks each by itself; a single one is the answer. */
  private void masks(@Nullable List<MaskWords> masks) {
    for (int i = 0; masks != null && masks.size() > 1 && i < masks.size(); i++) {
      page.entry("mask " + (i + 1), "%s", list(masks.get(i).words()));
    }
  }

  private static String list(List<AnswerCandidate> candidates) {
    return candidates.stream()
        .map(c -> Page.format("%s (%.3f)", Excerpt.name(c.text()), c.probability()))
        .collect(Collectors.joining(", "));
  }

  private void evidence(Evidence passage) {
    page.line("");
    if (passage.uid().isEmpty()) {
      page.line("  %d. (no passage: the question alone)", passage.rank());
    } else {
      passage(passage);
    }
    String shares = share("p(z|y,x) %.3f", passage.read().posterior());
    shares += share("RU %.2f nat", passage.read().retrievalUtility());
    ReferenceScore reference = passage.read().reference();
    if (reference != null) {
      shares += share("p(ref|z,x) %.3g", probability(reference));
      shares += share("p(z|ref,x) %.3f", reference.posterior());
    }
    shares += passage.read().unread() == null ? "" : "  not read";
    page.line("     score %.3f  p(z|x) %.3f%s", passage.score(), passage.probability(), shares);
  }

  private void passage(Evidence passage) {
    String time =
        passage.passage().revisionTime() == null ? "" : " of " + passage.passage().revisionTime();
    page.line(
        "  %d. %s  [%s, revision %d%s]",
        passage.rank(),
        passage.passage().title().isEmpty()
            ? "(no title)"
            : Excerpt.name(passage.passage().title()),
        passage.passage().document(),
        passage.passage().revision(),
        time);
    Span span = passage.read().span();
    page.line(
        "     %s",
        span == null ? beginning(passage) : Quotation.of(passage.passage().text(), span));
    Provenance from = passage.passage().provenance();
    String where =
        Stream.of(from.link(), from.license())
            .filter(Objects::nonNull)
            .map(text -> Excerpt.of(text, Provenance.LINK_BYTES_MAX))
            .collect(Collectors.joining("  "));
    if (!where.isEmpty()) {
      page.line("     %s", where);
    }
  }

  private static String share(String format, @Nullable Double value) {
    return value == null ? "" : "  " + Page.format(format, value);
  }

  private void footer(Answer answer, Instant now) {
    AnswerResult result = answer.result();
    page.line("");
    IndexVersion version = result.version();
    if (version != null) {
      page.entry(
          "index",
          "version %d, %s",
          version.number(),
          result.coverage().exact() ? "exact" : result.coverage().cellsProbed() + " cells probed");
    }
    Instant through = answer.run().indexedThrough();
    if (through != null) {
      double age = Duration.between(through, now).toMillis() / 1000.0;
      page.entry("fresh", "every edit up to %s (%.1f s ago)", through, Math.max(0, age));
    }
    if (result.coverage().partial()) {
      page.entry("partial", "shards were missing at the deadline");
    }
    if (version != null && !result.coverage().complete()) {
      page.entry("building", "this index version does not hold every document yet");
    }
    if (result.coverage().truncated()) {
      page.entry("truncated", "question or passages exceeded a model's limit and were cut");
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
      case NO_ANSWER ->
          result.read().withheld() == null
              ? "no answer in the passages"
              : "no answer that is sure enough";
      case NO_CANDIDATES -> "no passage for this question";
      case NO_INDEX -> "no index yet";
      case INVALID -> "invalid query";
      case TIMED_OUT -> "timed out";
      case FAILED -> "failed";
      case UNAVAILABLE_VERSION -> "that version does not serve";
      case OVERLOADED -> "too many questions at once; ask again later";
    };
  }
}
