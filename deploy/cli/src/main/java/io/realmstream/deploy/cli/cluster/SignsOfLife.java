package io.realmstream.deploy.cli.cluster;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Tells from the topics whether a job runs on them, on whatever cluster: an updater writes a
 * heartbeat each second, and a retriever says each second how fresh it is while an updater beats. A
 * follower of wikis shows itself only while something is said of their pages, a learner only while
 * it learns.
 */
final class SignsOfLife {
  private static final Duration LOOK = Duration.ofSeconds(4);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Connection connection;

  SignsOfLife(Connection connection) {
    this.connection = connection;
  }

  /**
   * Two of the same on the same topics would do everything twice.
   *
   * @throws CommandFailure FAILED, if one writes while this looks
   */
  void requireNone(List<RealmJob> jobs) throws InterruptedException {
    if (jobs.isEmpty()) {
      return;
    }
    try (Admin admin = connection.admin()) {
      Map<RealmJob, TopicOffsets> before = new EnumMap<>(RealmJob.class);
      jobs.forEach(job -> before.put(job, TopicOffsets.of(admin, written(job))));
      long end = System.nanoTime() + LOOK.toNanos();
      while (System.nanoTime() < end) {
        before.forEach(
            (job, offsets) -> {
              if (TopicOffsets.of(admin, written(job)).behind(offsets.ends()) > 0) {
                throw CommandFailure.failed(already(job));
              }
            });
        Thread.sleep(POLL.toMillis());
      }
    }
  }

  private String written(RealmJob job) {
    return switch (job) {
      case UPDATER -> connection.topics().passageVectors();
      case RETRIEVER -> connection.topics().freshness();
      case WIKIPEDIA -> connection.topics().wikipediaOutcomes();
      case LEARNER -> connection.topics().learningStatus();
    };
  }

  private String already(RealmJob job) {
    String who =
        switch (job) {
          case UPDATER -> "an updater reads " + connection.topics().documents();
          case RETRIEVER -> "a retriever reads " + connection.topics().queries();
          case WIKIPEDIA -> "a follower reads " + connection.topics().wikipediaEvents();
          case LEARNER -> "a learner reads " + connection.topics().passageVectors();
        };
    String other = job == RealmJob.RETRIEVER ? "--retriever" : "--topic-prefix";
    return "%s already: it writes to %s. Stop it first, or give this one another %s"
        .formatted(who, written(job), other);
  }
}
