package io.realmstream.model.measurement;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.query.QueryOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Processor time of {@link OpenQa#answer} on questions of 5 passages with 300 tokens each, 14,775
 * spans. Seed 1. After {@code mvn -pl model -am test-compile}:
 *
 * <pre>
 *   java -cp model/target/test-classes:model/target/classes:schemas/target/classes \
 *       io.realmstream.model.measurement.OpenQaBenchmark
 * </pre>
 */
final class OpenQaBenchmark {
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private static final int QUESTIONS = 200;
  private static final int ROUNDS = 10;
  private static final int PASSAGES = 5;
  private static final int TOKENS = 300;
  private static final int VOCABULARY = 20_000;

  private final Random random = new Random(1);

  private OpenQaBenchmark() {}

  public static void main(String[] arguments) {
    OpenQaBenchmark benchmark = new OpenQaBenchmark();
    List<List<Candidate>> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(benchmark.question());
    }
    for (int round = 1; round <= ROUNDS; round++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      double mass = 0;
      for (List<Candidate> question : questions) {
        mass += OpenQa.answer(question, QueryOptions.DEFAULT).noAnswerMass();
      }
      double millis = (CLOCK.getCurrentThreadCpuTime() - start) / 1e6 / QUESTIONS;
      System.out.printf("round %d: %.2f ms a question (check %.6f)%n", round, millis, mass);
    }
  }

  private List<Candidate> question() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < PASSAGES; i++) {
      candidates.add(passage(i));
    }
    return candidates;
  }

  /** Words of one or two tokens; a few are frequent, every eighth ends in a comma. */
  private Candidate passage(int uid) {
    StringBuilder body = new StringBuilder();
    int[] starts = new int[TOKENS];
    int[] ends = new int[TOKENS];
    for (int token = 0; token < TOKENS; token++) {
      boolean continues = token > 0 && random.nextInt(3) == 0;
      body.append(token == 0 || continues ? "" : random.nextInt(8) == 0 ? ", " : " ");
      starts[token] = body.length();
      body.append(word());
      ends[token] = body.length();
    }
    PassageReading reading = new PassageReading(scores(), scores(), starts, ends, 10, 1.0, false);
    Hash128 hash = new Hash128(0, uid);
    return new Candidate(hash, hash, 50 + random.nextDouble(), body.toString(), reading);
  }

  private String word() {
    double skewed = Math.pow(random.nextDouble(), 3);
    return "w" + Integer.toString((int) (skewed * VOCABULARY), Character.MAX_RADIX);
  }

  private float[] scores() {
    float[] scores = new float[TOKENS];
    for (int i = 0; i < TOKENS; i++) {
      scores[i] = (float) (3 * random.nextGaussian());
    }
    return scores;
  }
}
