package io.realmstream.model.marginal;

import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Random questions whose passages share many answer strings, cut into tokens without respect for
 * words: tokens may lie within a piece of text, reach over white space, or leave characters out.
 */
final class Questions {
  private static final String[] PIECES = {
    "Rome",
    "rome,",
    "(the",
    "the",
    "a",
    "An",
    "co-op",
    "coop",
    "U.S.A.",
    "usa",
    "É",
    "E\u0301",
    "...",
    "3,000",
    "3000",
    "x–a–y",
    "x–",
    "–y",
    "ΑΣ",
    "Α'Σ'Β",
    "Σ",
    "–",
    "\u0301",
    "\ud83d\udc4d"
  };
  private static final String[] GAPS = {" ", " ", " ", "  ", "\n", "\u00a0", "\u2000"};

  private final Random random;
  private final DoubleSupplier scores;

  private Questions(Random random, DoubleSupplier scores) {
    this.random = random;
    this.scores = scores;
  }

  /** All scores between -4 and 4, without ties. */
  static List<Candidate> near(Random random) {
    return new Questions(random, () -> 8 * random.nextDouble() - 4).candidates();
  }

  /** All scores -2, -1, 0, 1 or 2: sums are exact, and many are equal. */
  static List<Candidate> tied(Random random) {
    return new Questions(random, () -> random.nextInt(5) - 2).candidates();
  }

  /** All scores are multiples of 4 up to 20: a few passages and spans have nearly all, many tie. */
  static List<Candidate> steep(Random random) {
    return new Questions(random, () -> 4 * random.nextInt(6)).candidates();
  }

  /** All scores are one of these two. */
  static List<Candidate> extreme(Random random, double low, double high) {
    return new Questions(random, () -> random.nextBoolean() ? low : high).candidates();
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      candidates.add(candidate(random.nextLong()));
    }
    if (random.nextInt(4) == 0) {
      candidates.add(Candidate.nullDocument(scores.getAsDouble()));
    }
    return candidates;
  }

  private Candidate candidate(long uid) {
    StringBuilder body = new StringBuilder();
    int pieces = random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      body.append(PIECES[random.nextInt(PIECES.length)]);
      body.append(GAPS[random.nextInt(GAPS.length)]);
    }
    Candidate unread =
        new Candidate(
            new Hash128(0, uid), new Hash128(1, uid), scores.getAsDouble(), body.toString(), null);
    return random.nextInt(6) == 0 ? unread : unread.read(reading(unread.body()));
  }

  private PassageReading reading(String body) {
    List<int[]> tokens = new ArrayList<>();
    for (int i = 0; i < body.length(); ) {
      boolean skipped = Character.isSpaceChar(body.charAt(i)) || random.nextInt(15) == 0;
      int end = Math.min(body.length(), i + 1 + random.nextInt(5));
      if (skipped && random.nextInt(10) > 0) {
        i++;
      } else {
        tokens.add(new int[] {i, end});
        i = end;
      }
    }
    return new PassageReading(
        scores(tokens.size()),
        scores(tokens.size()),
        tokens.stream().mapToInt(token -> token[0]).toArray(),
        tokens.stream().mapToInt(token -> token[1]).toArray(),
        1 + random.nextInt(10),
        random.nextBoolean() ? scores.getAsDouble() : Double.NEGATIVE_INFINITY,
        false);
  }

  private float[] scores(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) scores.getAsDouble();
    }
    return values;
  }
}
