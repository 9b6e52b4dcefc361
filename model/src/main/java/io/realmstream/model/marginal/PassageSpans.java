package io.realmstream.model.marginal;

import io.realmstream.model.evaluation.AnswerText;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.query.Span;
import java.util.HashMap;
import java.util.Map;

/**
 * The outcomes of reading one passage: every span with its score and answer string, and "no
 * answer".
 *
 * <p>Spans are in the order that decides ties (spec rule B5): shorter first, then by start; so the
 * first of equals wins. In a passage of n tokens the span of d + 1 tokens from token a has the
 * index firstOfLength(d, n) + a. There is no index for spans that would run over the end.
 */
final class PassageSpans {
  private static final PassageReading UNREAD =
      new PassageReading(new float[0], new float[0], new int[0], new int[0], 0, 0, false);

  private final String body;
  private final PassageReading reading;
  private final int[] answers;
  private final double[] scores;

  /**
   * A null document, an unread passage and one without tokens have "no answer" as their only
   * outcome (spec rule B4).
   *
   * @param strings takes up the strings of all spans
   * @throws IllegalArgumentException when a score is NaN or infinite
   */
  PassageSpans(Candidate candidate, AnswerStrings strings) {
    PassageReading given = candidate.reading();
    body = candidate.body();
    reading = given == null || given.startScores().length == 0 ? UNREAD : given;
    int tokens = reading.startScores().length;
    int longest = Math.min(reading.spanTokensMax(), tokens);
    int count = firstOfLength(longest, tokens);
    answers = new int[count];
    scores = new double[count + 1];
    scores[count] = reading.noAnswerScore();
    fillScores(longest);
    fillAnswers(longest, strings);
  }

  /** How many spans there are. */
  int count() {
    return answers.length;
  }

  /** The reader's score g of each span; behind the last one the score of "no answer". */
  double[] scores() {
    return scores;
  }

  /** The number of each span's string in the question's {@link AnswerStrings}. */
  int[] answers() {
    return answers;
  }

  /** A span as it stands in the body. */
  Span quote(int index) {
    int start = index;
    int further = 0;
    while (start >= tokens() - further) {
      start -= tokens() - further;
      further++;
    }
    int from = reading.tokenStarts()[start];
    int to = reading.tokenEnds()[start + further];
    return new Span(body.substring(from, to), from, to);
  }

  private int tokens() {
    return reading.startScores().length;
  }

  private void fillScores(int longest) {
    float[] starts = reading.startScores();
    float[] ends = reading.endScores();
    int index = 0;
    for (int further = 0; further < longest; further++) {
      for (int start = 0; start + further < starts.length; start++) {
        double score = (double) starts[start] + ends[start + further];
        if (!Double.isFinite(score)) {
          throw new IllegalArgumentException("span score at token " + start + " is " + score);
        }
        scores[index++] = score;
      }
    }
  }

  /** Follows each start to longer and longer spans, piece by piece between white space. */
  private void fillAnswers(int longest, AnswerStrings strings) {
    int[] pieceStarts = pieceStarts(body);
    Map<Long, int[]> words = new HashMap<>();
    for (int start = 0; start < tokens(); start++) {
      int whole = AnswerStrings.EMPTY; // the string of the span's pieces that are complete
      int from = reading.tokenStarts()[start];
      for (int further = 0; further < longest && start + further < tokens(); further++) {
        int to = reading.tokenEnds()[start + further];
        if (pieceStarts[to] > from) {
          whole = strings.append(whole, words(from, pieceStarts[to], words, strings));
          from = pieceStarts[to];
        }
        answers[firstOfLength(further, tokens()) + start] =
            strings.append(whole, words(from, to, words, strings));
      }
    }
  }

  /** Normalizes each piece of the body once: the spans around it share it. */
  private int[] words(int from, int to, Map<Long, int[]> seen, AnswerStrings strings) {
    return seen.computeIfAbsent(
        ((long) from << Integer.SIZE) | to, unseen -> strings.words(body.substring(from, to)));
  }

  /** For each offset, where the piece starts that ends there: behind the last white space. */
  private static int[] pieceStarts(String text) {
    int[] starts = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      starts[i + 1] = AnswerText.isWhiteSpace(text.charAt(i)) ? i + 1 : starts[i];
    }
    return starts;
  }

  private static int firstOfLength(int further, int tokens) {
    return further * tokens - further * (further - 1) / 2;
  }
}
