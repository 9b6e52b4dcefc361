package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.LearningOptions;
import io.realmstream.jobs.RealmOptions;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What the learner must know of the configuration.
 *
 * @param shards of documents
 * @param directory of learned heads
 * @param dimension of learned vectors
 * @param threads that embed sentences
 * @param passagesMax that are learned from
 * @param feedbackMax that is kept
 * @param windowMs length of a window of the vectors topic; 0 = documents count as they arrive
 * @param rollsBack whether a version that is worse than the one before is left again
 */
public record LearnSettings(
    int shards,
    String directory,
    int dimension,
    int threads,
    int passagesMax,
    int feedbackMax,
    long windowMs,
    boolean rollsBack)
    implements Serializable {
  /** Heartbeats come each second. */
  private static final long WINDOW_MIN_MS = 1_000;

  /** Refuses numbers below their least. */
  public LearnSettings {
    check(LearningOptions.DIMENSION.key(), dimension, 2);
    check(LearningOptions.THREADS.key(), threads, 1);
    check(LearningOptions.PASSAGES_MAX.key(), passagesMax, 1);
    check(LearningOptions.FEEDBACK_MAX.key(), feedbackMax, 0);
    check(LearningOptions.WINDOW.key(), windowMs, 0);
  }

  /**
   * As the settings say.
   *
   * @throws IllegalArgumentException if learned heads could not be read from where they are written
   */
  public static LearnSettings of(ReadableConfig settings) {
    Path directory = Path.of(settings.get(LearningOptions.DIRECTORY)).toAbsolutePath().normalize();
    boolean isAllowed =
        settings.get(RealmOptions.MODEL_SOURCES).stream()
            .filter(source -> source.startsWith("file:"))
            .anyMatch(source -> directory.startsWith(Path.of(URI.create(source))));
    if (!isAllowed) {
      throw new IllegalArgumentException(
          "%s must allow %s, which is %s"
              .formatted(
                  RealmOptions.MODEL_SOURCES.key(),
                  directory.toUri(),
                  LearningOptions.DIRECTORY.key()));
    }
    return new LearnSettings(
        settings.get(RealmOptions.SHARDS),
        directory.toString(),
        settings.get(LearningOptions.DIMENSION),
        settings.get(LearningOptions.THREADS),
        settings.get(LearningOptions.PASSAGES_MAX),
        settings.get(LearningOptions.FEEDBACK_MAX),
        window(settings),
        settings.get(LearningOptions.ROLLBACK));
  }

  /** Whether a pass begins with what is live at the end of a window of the vectors topic. */
  public boolean holdsOrder() {
    return windowMs > 0;
  }

  private static long window(ReadableConfig settings) {
    if (settings.get(LearningOptions.ORDER) == LearningOptions.Order.ARRIVAL) {
      return 0;
    }
    long windowMs = settings.get(LearningOptions.WINDOW).toMillis();
    check(LearningOptions.WINDOW.key(), windowMs, WINDOW_MIN_MS);
    return windowMs;
  }

  private static void check(String key, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", is " + value);
    }
  }
}
