package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A question that was not answered right.
 *
 * @param id of the question
 * @param accepted answers; empty = there is none
 * @param result null = no reply came
 */
public record WrongAnswer(
    String id, String question, List<String> accepted, @Nullable AnswerResult result) {
  /** How many passages are shown of one answer. */
  private static final int PASSAGES_MAX = 10;

  /** How many characters are shown of a passage. */
  private static final int TEXT_MAX = 1_200;

  /** Probability of the answer that was given; 0 if there was none. */
  double probability() {
    AnswerCandidate answer = result == null ? null : result.read().answer();
    return answer == null ? 0 : answer.probability();
  }

  void write(Html html) {
    html.open("article");
    html.open("h3").foreign(question).close();
    html.open("p", "class", "said").text("Said: ");
    said(html);
    html.close();
    html.open("p").text("Right: ");
    accepted(html);
    html.text(" ").element("small", "question " + id).close();
    if (result != null && !result.passages().isEmpty()) {
      evidence(html, result.passages());
    }
    html.close();
  }

  private void said(Html html) {
    if (result == null) {
      html.text("no reply in time");
      return;
    }
    AnswerCandidate answer = result.read().answer();
    AnswerCandidate withheld = result.read().withheld();
    if (answer != null) {
      html.open("b").foreign(answer.text()).close();
      html.text(String.format(Locale.ROOT, " (p = %.3f)", answer.probability()));
    } else {
      html.text(result.status().name());
    }
    if (withheld != null) {
      html.text(", withheld: ").foreign(withheld.text());
      html.text(String.format(Locale.ROOT, " (p = %.3f)", withheld.probability()));
    }
    if (result.reason() != null) {
      html.text(": ").foreign(result.reason());
    }
  }

  private void accepted(Html html) {
    if (accepted.isEmpty()) {
      html.text("there is no answer");
    }
    for (int i = 0; i < accepted.size(); i++) {
      html.text(i == 0 ? "" : " · ").foreign(accepted.get(i));
    }
  }

  private static void evidence(Html html, List<Evidence> passages) {
    html.open("details").element("summary", "Evidence");
    html.open("ol");
    passages.stream().limit(PASSAGES_MAX).forEach(passage -> passage(html, passage));
    html.close();
    if (passages.size() > PASSAGES_MAX) {
      html.element("p", (passages.size() - PASSAGES_MAX) + " more in answers.jsonl");
    }
    html.close();
  }

  private static void passage(Html html, Evidence passage) {
    html.open("li");
    html.open("b").foreign(passage.passage().title()).close();
    html.text(" ").open("small").foreign(passage.passage().document());
    html.text(numbers(passage)).close().empty("br");
    text(html, passage.passage().text(), passage.read().span());
    html.close();
  }

  private static String numbers(Evidence passage) {
    String numbers =
        String.format(
            Locale.ROOT,
            ", revision %d, p(z|x) %.3f",
            passage.passage().revision(),
            passage.probability());
    Double posterior = passage.read().posterior();
    numbers += posterior == null ? "" : String.format(Locale.ROOT, ", p(z|y,x) %.3f", posterior);
    return numbers + (passage.read().unread() == null ? "" : ", not read");
  }

  /** Writes the passage's text around the span, and marks the span. */
  private static void text(Html html, String text, @Nullable Span span) {
    int at = span == null ? 0 : span.start();
    int behind = span == null ? 0 : span.end();
    int from = whole(text, Math.max(0, Math.min(at - TEXT_MAX / 2, text.length() - TEXT_MAX)));
    int to = whole(text, Math.min(text.length(), Math.max(behind, from + TEXT_MAX)));
    html.open("bdi");
    html.text(from > 0 ? "… " : "").text(text.substring(from, Math.max(from, at)));
    if (behind > at) {
      html.element("mark", text.substring(at, behind));
    }
    html.text(text.substring(Math.max(from, behind), to)).text(to < text.length() ? " …" : "");
    html.close();
  }

  /** A place at or before this one that does not split a surrogate pair. */
  private static int whole(String text, int at) {
    boolean splits = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    return splits ? at - 1 : at;
  }
}
