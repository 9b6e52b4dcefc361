package io.realmstream.deploy.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A knowledge base at one time.
 *
 * @param at when the report was made
 * @param jobs Flink's; null = Flink was not asked or did not answer
 * @param indexedThrough every edit up to here has its vectors published; null = no updater has told
 * @param deadLetters records that nobody could use, as far back as the topic reaches
 * @param warnings what keeps answers from saying how fresh they are
 */
record StatusReport(
    Instant at,
    @Nullable List<Job> jobs,
    Documents documents,
    List<Version> versions,
    @Nullable Instant indexedThrough,
    List<Lag> lags,
    long deadLetters,
    List<String> warnings) {

  /**
   * A Flink job.
   *
   * @param state for instance RUNNING
   */
  record Job(String id, String name, String state, Duration runningFor) {}

  /**
   * How many documents there are.
   *
   * @param passages of all live documents
   * @param failed those whose last edit failed
   */
  record Documents(long live, long passages, long failed) {}

  /**
   * An index version.
   *
   * @param complete whether it holds every document that was live when it was announced
   */
  record Version(
      int number, String state, boolean complete, String retriever, @Nullable String reason) {}

  /**
   * How far a job's source is behind its topic.
   *
   * @param reader the source, for instance {@code updater-documents}
   * @param records not read as of its last checkpoint; null = it never made one
   */
  record Lag(String topic, String reader, @Nullable Long records) {}

  /** Age of the oldest edit that may be missing from answers; null = unknown. */
  @Nullable Duration freshness() {
    if (indexedThrough == null) {
      return null;
    }
    Duration age = Duration.between(indexedThrough, at);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
