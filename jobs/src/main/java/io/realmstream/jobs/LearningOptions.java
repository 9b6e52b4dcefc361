package io.realmstream.jobs;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.nio.file.Path;
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

  private LearningOptions() {}
}
