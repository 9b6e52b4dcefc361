package io.realmstream.deploy.client;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a job has read its topics: the offsets that Flink commits for people to see. They move
 * with checkpoints, so they are behind by up to one; a job's sources never join their groups, so
 * there are no members to ask.
 */
public final class SourceOffsets {
  private SourceOffsets() {}

  /** Next offset to read by partition; empty when the group has never committed. */
  public static Map<TopicPartition, Long> committed(Admin admin, String group) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        Connection.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset.offset());
          }
        });
    return committed;
  }
}
