package io.realmstream.deploy.cli.learn.experiment;

import io.realmstream.deploy.cli.learn.corpus.LearningData.Pair;
import io.realmstream.model.learning.Batch;
import io.realmstream.model.learning.Example;
import io.realmstream.model.learning.LearnedPart;
import io.realmstream.model.learning.Learner;
import io.realmstream.model.learning.StepResult;
import io.realmstream.model.learning.TowerHeads;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A learner that goes through its pairs in a seeded order, again and again. */
final class Training {
  private static final Set<LearnedPart> BOTH = EnumSet.of(LearnedPart.QUERY, LearnedPart.DOCUMENT);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Pair> pairs;
  private final List<float[]> passages;
  private final int batch;
  private final Random random;
  private final Learner learner;
  private int next;
  private long cpuNanos;

  /** What is learned from, and in batches of which size. */
  record Material(List<Pair> pairs, List<float[]> passages, int batch) {}

  /**
   * @param heads changed in place
   * @param frozen whether the document head stays as it is
   */
  Training(Material material, TowerHeads heads, boolean frozen, long seed) {
    this.pairs = new ArrayList<>(material.pairs());
    this.passages = material.passages();
    this.batch = Math.min(material.batch(), pairs.size());
    this.random = new Random(seed);
    this.learner = new Learner(heads, frozen ? EnumSet.of(LearnedPart.QUERY) : BOTH);
  }

  TowerHeads heads() {
    return learner.heads();
  }

  /** Steps so far. */
  int steps() {
    return (int) learner.steps();
  }

  /** CPU time of all steps so far. */
  double cpuSeconds() {
    return cpuNanos / 1e9;
  }

  /** Takes a step; returns the loss before it, in nats. */
  double step(double rate) {
    if (next == 0 || next + batch > pairs.size()) {
      Collections.shuffle(pairs, random);
      next = 0;
    }
    List<Pair> taken = pairs.subList(next, next + batch);
    next += batch;
    long start = THREADS.getCurrentThreadCpuTime();
    StepResult result = learner.step(batch(taken), rate);
    cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
    return result.loss();
  }

  /** Every query's candidates are the accepted passages of all. */
  private Batch batch(List<Pair> taken) {
    Map<Integer, Integer> places = new LinkedHashMap<>();
    for (Pair pair : taken) {
      for (int passage : pair.passages()) {
        places.putIfAbsent(passage, places.size());
      }
    }
    int[] all = new int[places.size()];
    Arrays.setAll(all, i -> i);
    List<Example> examples = new ArrayList<>();
    for (Pair pair : taken) {
      double[] logLikelihoods = new double[all.length];
      Arrays.fill(logLikelihoods, Double.NEGATIVE_INFINITY);
      for (int passage : pair.passages()) {
        logLikelihoods[places.getOrDefault(passage, 0)] = 0;
      }
      examples.add(new Example(pair.query(), all, logLikelihoods));
    }
    return new Batch(places.keySet().stream().map(passages::get).toList(), examples);
  }
}
