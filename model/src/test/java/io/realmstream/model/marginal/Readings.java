package io.realmstream.model.marginal;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Candidates for tests: the tokens of a body are its pieces between spaces. */
final class Readings {
  private static final Pattern TOKEN = Pattern.compile("[^ ]+");
  private static final int SPAN_TOKENS_MAX = 10;

  private Readings() {}

  /** An unread passage. */
  static Candidate passage(long uid, double score, String body) {
    return new Candidate(new Hash128(0, uid), new Hash128(1, uid), score, body, null);
  }

  /**
   * What a reader saw in a body of n tokens.
   *
   * @param scores n start scores, then n end scores
   */
  static PassageReading reading(String body, double noAnswer, double... scores) {
    return readingUpTo(SPAN_TOKENS_MAX, body, noAnswer, scores);
  }

  static PassageReading readingUpTo(
      int spanTokensMax, String body, double noAnswer, double... scores) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (Matcher token = TOKEN.matcher(body); token.find(); ) {
      starts.add(token.start());
      ends.add(token.end());
    }
    int tokens = starts.size();
    return new PassageReading(
        floats(Arrays.copyOfRange(scores, 0, tokens)),
        floats(Arrays.copyOfRange(scores, tokens, 2 * tokens)),
        starts.stream().mapToInt(i -> i).toArray(),
        ends.stream().mapToInt(i -> i).toArray(),
        spanTokensMax,
        noAnswer,
        false);
  }

  static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
