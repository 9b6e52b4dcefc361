package io.realmstream.jobs.graph;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.OutboundRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Topics in memory, for every thread of the JVM that knows their name. */
final class MemoryTopics {
  private static final Map<String, MemoryTopics> ALL = new ConcurrentHashMap<>();
  private static final int PARTITIONS = 2;

  private final Map<String, List<List<InboundRecord>>> topics = new ConcurrentHashMap<>();
  private final List<String> ordered;

  private MemoryTopics(List<String> ordered) {
    this.ordered = ordered;
  }

  /**
   * New ones; returns their name.
   *
   * @param ordered topics of one partition
   */
  static String create(List<String> ordered) {
    String name = UUID.randomUUID().toString();
    ALL.put(name, new MemoryTopics(ordered));
    return name;
  }

  static MemoryTopics of(String name) {
    return Objects.requireNonNull(ALL.get(name));
  }

  int partitions(String topic) {
    return ordered.contains(topic) ? 1 : PARTITIONS;
  }

  /** Adds a record at the end of its partition. */
  void append(String topic, OutboundRecord record) {
    int to =
        record.partition() == OutboundRecord.BY_KEY
            ? Math.floorMod(Arrays.hashCode(record.key()), partitions(topic))
            : record.partition();
    List<InboundRecord> records = partition(topic, to);
    synchronized (records) {
      records.add(
          new InboundRecord(
              topic,
              to,
              records.size(),
              System.currentTimeMillis(),
              record.key(),
              record.value(),
              record.headers()));
    }
  }

  /** Null = there is none yet. */
  @Nullable InboundRecord at(String topic, int partition, long offset) {
    List<InboundRecord> records = partition(topic, partition);
    synchronized (records) {
      return offset < records.size() ? records.get((int) offset) : null;
    }
  }

  /** All records of a topic, by partition. */
  List<InboundRecord> all(String topic) {
    List<InboundRecord> all = new ArrayList<>();
    for (int partition = 0; partition < partitions(topic); partition++) {
      List<InboundRecord> records = partition(topic, partition);
      synchronized (records) {
        all.addAll(records);
      }
    }
    return all;
  }

  private List<InboundRecord> partition(String topic, int number) {
    return topics.computeIfAbsent(topic, this::empty).get(number);
  }

  private List<List<InboundRecord>> empty(String topic) {
    List<List<InboundRecord>> partitions = new ArrayList<>();
    for (int partition = 0; partition < partitions(topic); partition++) {
      partitions.add(new ArrayList<>());
    }
    return List.copyOf(partitions);
  }
}
