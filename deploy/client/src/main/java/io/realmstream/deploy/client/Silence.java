package io.realmstream.deploy.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Says why edits that were sent have no status: nobody reads them, or it takes long.
 *
 * @param limit for which nothing was heard of them
 */
public record Silence(Connection connection, Duration limit) {
  /**
   * The failure that says why.
   *
   * @param last where the last edit went
   * @param count edits whose end is unknown
   */
  public ClientException explain(@Nullable RecordMetadata last, int count) {
    String topic = connection.topics().documents();
    try (Admin admin = connection.admin()) {
      Map<TopicPartition, Long> read =
          SourceOffsets.committed(admin, connection.group("updater-documents"));
      List<Integer> unread = unread(TopicOffsets.of(admin, topic), read);
      if (!read.isEmpty() && !unread.isEmpty()) {
        return ClientException.unreachable(
            ("nobody reads %s of %s yet, and %d edits wait; an updater that runs finds new"
                    + " partitions within seconds: is `realm up` running?")
                .formatted(numbers(unread), topic, count));
      }
      if (last == null
          || read.getOrDefault(new TopicPartition(topic, last.partition()), 0L) <= last.offset()) {
        return ClientException.unreachable(
            "no updater is reading %s (%d edits wait there): is `realm up` running?"
                .formatted(topic, count));
      }
    }
    return ClientException.timedOut(
        "%d edits were read but nothing was heard of them for %d s"
            .formatted(count, limit.toSeconds()));
  }

  /** Partitions with records of which the updater has never told how far it is. */
  private static List<Integer> unread(TopicOffsets topic, Map<TopicPartition, Long> read) {
    return topic.ends().entrySet().stream()
        .filter(
            end ->
                !read.containsKey(end.getKey())
                    && end.getValue() > topic.beginnings().getOrDefault(end.getKey(), 0L))
        .map(end -> end.getKey().partition())
        .sorted()
        .toList();
  }

  private static String numbers(List<Integer> partitions) {
    return (partitions.size() == 1 ? "partition " : "partitions ")
        + partitions.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
