package io.realmstream.deploy.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * All partitions of some topics, assigned to a consumer. The consumer chooses where it begins.
 * Topics may get more partitions while it reads.
 */
public final class AssignedPartitions {
  private static final long LOOK_AFTER_NANOS = 1_000_000_000;

  private final Consumer<byte[], byte[]> consumer;
  private final Collection<String> topics;
  private final Set<TopicPartition> known = new LinkedHashSet<>();
  private long looked = System.nanoTime();

  /**
   * Assigns the partitions that exist now.
   *
   * @throws ClientException UNREACHABLE when the broker does not know a topic, or not yet
   */
  public AssignedPartitions(Consumer<byte[], byte[]> consumer, Collection<String> topics) {
    this.consumer = consumer;
    this.topics = List.copyOf(topics);
    for (String topic : this.topics) {
      List<TopicPartition> found = of(consumer, topic);
      if (found.isEmpty()) {
        throw ClientException.unreachable("the broker does not know " + topic + " yet");
      }
      known.addAll(found);
    }
    consumer.assign(known);
  }

  public List<TopicPartition> all() {
    return List.copyOf(known);
  }

  /**
   * Assigns the partitions that were added since, and returns them. It looks at the consumer's
   * metadata, once a second.
   */
  public List<TopicPartition> added() {
    if (System.nanoTime() - looked < LOOK_AFTER_NANOS) {
      return List.of();
    }
    looked = System.nanoTime();
    List<TopicPartition> added = new ArrayList<>();
    for (String topic : topics) {
      of(consumer, topic).stream().filter(known::add).forEach(added::add);
    }
    if (!added.isEmpty()) {
      consumer.assign(known);
    }
    return added;
  }

  /**
   * The partitions of a topic as the consumer knows them; none if the broker does not know the
   * topic.
   */
  static List<TopicPartition> of(Consumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }
}
