package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.schemas.avro.VectorMessageCodec;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How far the updater's work is published: in each partition that the newest run writes its slowest
 * subtask counts, and of the partitions the slowest.
 */
final class Heartbeats {
  /** A heartbeat comes each second; after this the updater rests or is gone. */
  private static final Duration RECENT = Duration.ofSeconds(15);

  /** Heartbeats of a past run stand behind so many records at most, or they are not looked for. */
  private static final int RECORDS_BACK = 2_000;

  private final Map<Integer, Map<Integer, Instant>> partitions = new HashMap<>();
  private @Nullable Heartbeat newest;

  /** Those of now, else of the last run. */
  static Heartbeats read(Connection connection) {
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().passageVectors())) {
      Heartbeats beats = new Heartbeats();
      replay.forEachSince(recently(), beats::take);
      if (beats.through() == null) {
        replay.forEachLast(RECORDS_BACK, beats::take);
      }
      return beats;
    }
  }

  /** Those of now. */
  static Heartbeats readRecent(Connection connection) {
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().passageVectors())) {
      Heartbeats beats = new Heartbeats();
      replay.forEachSince(recently(), beats::take);
      return beats;
    }
  }

  /** Since when a job that runs has written, in epoch ms. */
  static long recently() {
    return Instant.now().minus(RECENT).toEpochMilli();
  }

  /** Null when the value is something else. */
  static @Nullable Heartbeat beat(byte @Nullable [] value) {
    try {
      return value != null && VectorMessageCodec.decode(value) instanceof Heartbeat beat
          ? beat
          : null;
    } catch (BadRecordException e) {
      return null;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Heartbeat beat = beat(record.value());
    if (beat != null) {
      add(record.partition(), beat);
    }
  }

  void add(int partition, Heartbeat beat) {
    Heartbeat known = newest;
    if (known != null && beat.run() < known.run()) {
      return;
    }
    if (known == null || beat.run() > known.run()) {
      partitions.clear();
    }
    newest = beat;
    partitions
        .computeIfAbsent(partition, unheard -> new HashMap<>())
        .put(beat.subtask(), beat.through());
  }

  /** Null while a partition has not heard of every subtask, or one of them knows nothing. */
  @Nullable Instant through() {
    Heartbeat known = newest;
    if (known == null || partitions.size() < known.partitions()) {
      return null;
    }
    Instant slowest = Instant.MAX;
    for (Map<Integer, Instant> subtasks : partitions.values()) {
      if (subtasks.size() < known.subtasks()) {
        return null;
      }
      for (Instant through : subtasks.values()) {
        slowest = through.isBefore(slowest) ? through : slowest;
      }
    }
    return slowest.isAfter(Heartbeat.NOTHING) ? slowest : null;
  }

  /** The newest of the newest run; null = none was seen. */
  @Nullable Heartbeat newest() {
    return newest;
  }
}
