package io.realmstream.jobs;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** The settings of learning, besides those of all jobs ({@link RealmOptions}). */
public final class LearningOptions {
  public static final ConfigOption<Boolean> ENABLED =
      key("realm.learning")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the retriever learns: the updater tells trunk outputs with its vectors, which"
                  + " about doubles them, and RetrieverLearner runs.");

  public static final ConfigOption<String> DIRECTORY =
      key("realm.learning.directory")
          .stringType()
          .defaultValue(
              Path.of(System.getProperty("java.io.tmpdir"), "realmstream-learned").toString())
          .withDescription(
              "Folder of learned projections by digest. All machines must see it, and"
                  + " realm.model.sources must allow it.");

  public static final ConfigOption<Integer> DIMENSION =
      key("realm.learning.dimension")
          .intType()
          .defaultValue(128)
          .withDescription("Dimension of learned vectors.");

  public static final ConfigOption<Integer> THREADS =
      key("realm.learning.threads")
          .intType()
          .defaultValue(1)
          .withDescription(
              "Threads that embed sentences to learn from. They rest while questions are at work.");

  public static final ConfigOption<Integer> PASSAGES_MAX =
      key("realm.learning.passages.max")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Passages that are learned from and searched by the gate; later ones are left out."
                  + " About 8 KB of heap each at 384 dimensions.");

  public static final ConfigOption<Integer> FEEDBACK_MAX =
      key("realm.learning.feedback.max")
          .intType()
          .defaultValue(10_000)
          .withDescription(
              "Questions of feedback that are kept to judge by; later ones are left out. About 2 KB"
                  + " of heap each.");

  public static final ConfigOption<Order> ORDER =
      key("realm.learning.order")
          .enumType(Order.class)
          .defaultValue(Order.ARRIVAL)
          .withDescription(
              "What a pass of learning begins with. ARRIVAL: what is there when documents pause."
                  + " HELD: what is live at the end of a window of the vectors topic, so that equal"
                  + " topics give equal bits.");

  public static final ConfigOption<Duration> WINDOW =
      key("realm.learning.window")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "With the order HELD: length of a window of the vectors topic, by the times of its"
                  + " records. At least a second. No partition is read further ahead of another.");

  public static final ConfigOption<Boolean> ROLLBACK =
      key("realm.learning.rollback")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a version that comes into force, whoever published it, is left again if it"
                  + " finds held-out documents worse for certain than the one before. Only versions"
                  + " of the same transformers are compared, and each once.");

  /** What decides which documents a pass sees. */
  public enum Order {
    ARRIVAL,
    HELD
  }

  private LearningOptions() {}
}
