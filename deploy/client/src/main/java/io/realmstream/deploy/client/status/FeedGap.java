package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The last span of time of which a feed had no events for the process that reads it. The metadata
 * of a consumer group's offset keeps it, and Kafka drops that after a week. Reading the topic of
 * outcomes for it would take long.
 *
 * @param wikis whose edits may be missing, joined by commas
 */
public record FeedGap(String wikis, Instant from, Instant to) {
  private static final String READER = "wikipedia-live";

  /** Writes this gap in place of the one before. */
  public void tell(Connection connection) {
    TopicPartition partition = new TopicPartition(connection.topics().wikipediaOutcomes(), 0);
    String words =
        "the feed of %s does not tell what happened from %s to %s".formatted(wikis, from, to);
    try (Admin admin = connection.admin()) {
      Connection.await(
          admin
              .alterConsumerGroupOffsets(
                  connection.group(READER),
                  Map.of(partition, new OffsetAndMetadata(0, Optional.empty(), words)))
              .all());
    }
  }

  /** The last gap in words; empty if none was written lately. */
  static List<String> warnings(Connection connection, Admin admin) {
    List<String> warnings = new ArrayList<>();
    Connection.await(
            admin
                .listConsumerGroupOffsets(connection.group(READER))
                .partitionsToOffsetAndMetadata())
        .values()
        .forEach(
            offset -> {
              if (offset != null) {
                warnings.add(offset.metadata());
              }
            });
    return warnings;
  }
}
