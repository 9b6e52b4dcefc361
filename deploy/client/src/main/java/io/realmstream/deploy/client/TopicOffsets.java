package io.realmstream.deploy.client;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a topic's partitions begin and end. */
public record TopicOffsets(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
  public static TopicOffsets of(Admin admin, String topic) {
    List<TopicPartition> partitions =
        Connection.await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
            .flatMap(description -> description.partitions().stream())
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    return new TopicOffsets(
        offsets(admin, partitions, OffsetSpec.earliest()),
        offsets(admin, partitions, OffsetSpec.latest()));
  }

  /** Records between beginning and end; an upper bound where records were compacted away. */
  public long records() {
    return behind(Map.of());
  }

  /**
   * Records that a reader has not read.
   *
   * @param committed its next offset by partition; from the beginning where it has none
   */
  public long behind(Map<TopicPartition, Long> committed) {
    long records = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long beginning = beginnings.getOrDefault(end.getKey(), 0L);
      long next = Math.max(beginning, committed.getOrDefault(end.getKey(), beginning));
      records += Math.max(0, end.getValue() - next);
    }
    return records;
  }

  /** Records with a Kafka timestamp of {@code time} or later; marks of transactions count, too. */
  public long since(Admin admin, Instant time) {
    OffsetSpec first = OffsetSpec.forTimestamp(time.toEpochMilli());
    Map<TopicPartition, Long> starts = offsets(admin, List.copyOf(ends.keySet()), first);
    starts.replaceAll((partition, start) -> start < 0 ? ends.getOrDefault(partition, 0L) : start);
    return behind(starts);
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Connection.await(admin.listOffsets(wanted).all())
        .forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }
}
