package io.realmstream.model.learning.live;

import io.realmstream.model.learning.Batch;
import io.realmstream.model.learning.Example;
import io.realmstream.model.learning.LearnedPart;
import io.realmstream.model.learning.Learner;
import io.realmstream.model.learning.ProjectionHead;
import io.realmstream.model.learning.TowerHeads;
import io.realmstream.model.learning.spectral.TrunkStatistics;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * A pass of learning: each sentence of the passages that teach is asked for its own passage,
 * against those of its batch. The order of sentences is that of a hash, so equal passages give
 * equal bits in whatever order they came. A sentence stays in its passage, whose trunk output is at
 * hand.
 */
public final class Pass {
  /** Sentences of a batch. */
  public static final int BATCH = 256;

  /** A small corpus is gone through more than once. */
  static final int STEPS_MIN = 128;

  private static final double RATE = 1e-3;

  /** Factor of the retrieval score while learning; one is fitted for what is published. */
  private static final double SCALE = 20;

  private final List<LivePassage> passages;
  private final long number;
  private int steps;
  private double loss;

  /**
   * @param passages that are live, in any order
   * @param number of the pass: each has an order of its own
   */
  public Pass(List<LivePassage> passages, long number) {
    this.passages =
        passages.stream()
            .filter(passage -> !passage.isHeldOut())
            .sorted(Comparator.comparing(LivePassage::uid))
            .toList();
    this.number = number;
  }

  /** A sentence that is learned from. */
  private record Lesson(Hash128 order, LivePassage passage, float[] query) {}

  /** How many sentences teach. */
  public static long sentences(List<LivePassage> passages) {
    return passages.stream()
        .filter(passage -> !passage.isHeldOut())
        .mapToLong(LivePassage::count)
        .sum();
  }

  /**
   * The learner of a cold start: two independent random heads, which find nothing. Their mean is
   * that of the passages.
   *
   * @param passages at least one, with the output of at least one sentence
   * @param dimension of vectors
   * @param seed equal seeds and passages give equal bits
   */
  public static Learner coldStart(List<LivePassage> passages, int dimension, Hash128 seed) {
    TrunkStatistics statistics = new TrunkStatistics(passages.get(0).trunk().length);
    passages.forEach(passage -> statistics.add(passage.trunk()));
    double[] mean = statistics.mean();
    int queryInputs = queryInputs(passages);
    double[] queryMean = queryInputs == mean.length ? mean : new double[queryInputs];
    TowerHeads heads =
        new TowerHeads(
            ProjectionHead.random(queryMean, dimension, seed.high()),
            ProjectionHead.random(mean, dimension, seed.low()),
            SCALE);
    return new Learner(heads, EnumSet.of(LearnedPart.QUERY, LearnedPart.DOCUMENT));
  }

  /**
   * Takes the learner through all sentences, in rounds, until at least 128 steps are taken.
   *
   * @throws CancellationException when its thread is interrupted
   */
  public void run(Learner learner) {
    for (int round = 0; steps < STEPS_MIN; round++) {
      List<Lesson> lessons = lessons(round);
      int size = Math.min(BATCH, lessons.size());
      if (size == 0) {
        return;
      }
      double sum = 0;
      int before = steps;
      for (int from = 0; from + size <= lessons.size(); from += size) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("the job ends");
        }
        sum += learner.step(batch(lessons.subList(from, from + size)), RATE).loss();
        steps++;
      }
      loss = sum / (steps - before);
    }
  }

  /** Mean loss of the last round, in nats. */
  public double loss() {
    return loss;
  }

  private static int queryInputs(List<LivePassage> passages) {
    for (LivePassage passage : passages) {
      SentenceOutputs sentences = passage.sentences();
      if (sentences != null && sentences.count() > 0) {
        return sentences.output(0).length;
      }
    }
    throw new IllegalArgumentException("no sentence has an output");
  }

  private List<Lesson> lessons(int round) {
    List<Lesson> lessons = new ArrayList<>();
    for (LivePassage passage : passages) {
      SentenceOutputs sentences = passage.sentences();
      for (int i = 0; sentences != null && i < sentences.count(); i++) {
        if (sentences.has(i)) {
          Hash128 order = Hash128.ofTexts(number + " " + round, passage.uid() + " " + i);
          lessons.add(new Lesson(order, passage, sentences.output(i)));
        }
      }
    }
    lessons.sort(Comparator.comparing(Lesson::order));
    return lessons;
  }

  /** Every sentence's candidates are the passages of all. */
  private static Batch batch(List<Lesson> lessons) {
    Map<Hash128, Integer> places = new LinkedHashMap<>();
    List<float[]> documents = new ArrayList<>();
    for (Lesson lesson : lessons) {
      if (places.putIfAbsent(lesson.passage().uid(), places.size()) == null) {
        documents.add(lesson.passage().trunk());
      }
    }
    int[] all = new int[documents.size()];
    Arrays.setAll(all, i -> i);
    List<Example> examples = new ArrayList<>();
    for (Lesson lesson : lessons) {
      double[] logLikelihoods = new double[all.length];
      Arrays.fill(logLikelihoods, Double.NEGATIVE_INFINITY);
      logLikelihoods[places.getOrDefault(lesson.passage().uid(), 0)] = 0;
      examples.add(new Example(lesson.query(), all, logLikelihoods));
    }
    return new Batch(documents, examples);
  }
}
