package io.realmstream.model.marginal;

import io.realmstream.model.evaluation.AnswerText;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.answer.Span;

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
   * @throws IllegalArgumentException when a score is NaN or infinite; only "no answer" may have
   *     -infinity
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
    scores[index] = reading.noAnswerScore();
    if (!(scores[index] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("no-answer score is " + scores[index]);
    }
  }

  /**
   * Follows each start to longer and longer spans. A piece is what stands between white space: a
   * span is its pieces but the last, whose string the shorter spans have found, and the last one's
   * beginning, which spans of many starts share.
   */
  private void fillAnswers(int longest, AnswerStrings strings) {
    int[] pieceStarts = pieceStarts(body);
    int[][] beginnings = beginnings(pieceStarts, strings);
    int[] tokenEnds = reading.tokenEnds();
    for (int start = 0; start < tokens(); start++) {
      int from = reading.tokenStarts()[start]; // the span's last piece starts here,
      int before = AnswerStrings.EMPTY; // behind this string
      int answer = AnswerStrings.EMPTY; // the string of the span that ends here
      int end = from;
      for (int further = 0; further < longest && start + further < tokens(); further++) {
        int token = start + further;
        int piece = pieceStarts[tokenEnds[token]];
        if (piece > from) {
          before =
              isWhiteSpace(end, piece)
                  ? answer
                  : strings.append(before, strings.words(body.substring(from, piece)));
          from = piece;
        }
        end = tokenEnds[token];
        int[] words = from == piece ? beginnings[token] : strings.words(body.substring(from, end));
        answer = strings.append(before, words);
        answers[firstOfLength(further, tokens()) + start] = answer;
      }
    }
  }

  /** For each offset, where the piece starts that ends there: behind the last white space. */
  private static int[] pieceStarts(String text) {
    int[] starts = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      starts[i + 1] = AnswerText.isWhiteSpace(text.charAt(i)) ? i + 1 : starts[i];
    }
    return starts;
  }

  /** For each token, the words from the start of its piece to its end. */
  private int[][] beginnings(int[] pieceStarts, AnswerStrings strings) {
    int[][] words = new int[tokens()][];
    for (int token = 0; token < words.length; token++) {
      int end = reading.tokenEnds()[token];
      words[token] = strings.words(body.substring(pieceStarts[end], end));
    }
    return words;
  }

  private boolean isWhiteSpace(int from, int to) {
    int i = from;
    while (i < to && AnswerText.isWhiteSpace(body.charAt(i))) {
      i++;
    }
    return i == to;
  }

  private static int firstOfLength(int further, int tokens) {
    return further * tokens - further * (further - 1) / 2;
  }
}
