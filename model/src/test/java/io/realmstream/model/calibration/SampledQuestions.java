package io.realmstream.model.calibration;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.Scaling;
import io.realmstream.model.marginal.ScoredQuestion;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Random questions. Their accepted answer is drawn from the distribution that a scaling gives, so
 * at that scaling answers are right as often as they say. Each word is an answer.
 */
final class SampledQuestions {
  private static final int PASSAGES = 3;
  private static final int WORDS = 4;

  private final Random random;
  private final Scaling truth;

  SampledQuestions(long seed, Scaling truth) {
    this.random = new Random(seed);
    this.truth = truth;
  }

  List<ScoredQuestion> questions(int count) {
    List<ScoredQuestion> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(question());
    }
    return questions;
  }

  private ScoredQuestion question() {
    double[] products = gaussians(PASSAGES, 0.05);
    List<Candidate> candidates = new ArrayList<>();
    double[][] scores = new double[PASSAGES][];
    for (int z = 0; z < PASSAGES; z++) {
      scores[z] = gaussians(WORDS + 1, 4);
      candidates.add(candidate(z, products[z], scores[z]));
    }
    int z = draw(products, truth.scoreScale());
    int outcome = draw(scores[z], 1 / truth.readerTemperature());
    List<String> accepted = outcome == WORDS ? List.of() : List.of(word(z, outcome));
    return new ScoredQuestion(candidates, accepted);
  }

  /** Draws an index by the softmax of factor * values. */
  private int draw(double[] values, double factor) {
    double[] weights = Arrays.stream(values).map(value -> Math.exp(factor * value)).toArray();
    double left = random.nextDouble() * Arrays.stream(weights).sum();
    int index = 0;
    while (index < weights.length - 1 && left >= weights[index]) {
      left -= weights[index++];
    }
    return index;
  }

  private double[] gaussians(int count, double deviation) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }

  /** The last score is that of "no answer". */
  private static Candidate candidate(int z, double product, double[] scores) {
    StringBuilder body = new StringBuilder();
    float[] starts = new float[WORDS];
    int[] from = new int[WORDS];
    int[] to = new int[WORDS];
    for (int i = 0; i < WORDS; i++) {
      starts[i] = (float) scores[i];
      from[i] = body.length();
      body.append(word(z, i));
      to[i] = body.length();
      body.append(' ');
    }
    Hash128 uid = new Hash128(1, z);
    return new Candidate(
        uid,
        uid,
        product,
        body.toString(),
        new PassageReading(starts, new float[WORDS], from, to, 1, scores[WORDS], false));
  }

  private static String word(int z, int i) {
    return "word" + z + i;
  }
}
