package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.model.freshness.RecordTimes;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.vectors.Heartbeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** What keeps answers from saying how fresh they are, as far as the topics show it. */
final class FreshnessWarnings {
  private final Admin admin;
  private final Topics topics;

  FreshnessWarnings(Admin admin, Topics topics) {
    this.admin = admin;
    this.topics = topics;
  }

  /**
   * Reads the settings and ends of the topics.
   *
   * @param beat the updater's last heartbeat; null = none
   * @param retriever how many shards a retriever named that asked for one lately; null = none did
   */
  List<String> read(@Nullable Heartbeat beat, @Nullable Integer retriever) {
    List<String> warnings = new ArrayList<>();
    RecordTimes times = RecordTimes.of(settings(topics.documents()));
    if (!times.fromBroker()) {
      warnings.add(producersTimes(topics.documents(), times));
    }
    openTransactions()
        .forEach(
            (partition, offset) ->
                warnings.add(
                    "%s, partition %d: a transaction is open since offset %d, freshness waits for it"
                        .formatted(topics.documents(), partition, offset)));
    int found = TopicOffsets.of(admin, topics.passageVectors()).ends().size();
    if (beat != null && beat.partitions() != found) {
      warnings.add(otherPartitions(beat.partitions(), found));
    }
    if (beat != null && retriever != null && retriever != beat.shards()) {
      warnings.add(
          "realm.shards: the updater has %d, a retriever %d; no answer claims anything until both"
                  .formatted(beat.shards(), retriever)
              + " are begun without state and with the same number");
    }
    return warnings;
  }

  private static String producersTimes(String topic, RecordTimes times) {
    String limit =
        times.backdatedMaxMs() == Long.MAX_VALUE
            ? "no answer says how fresh it is"
            : "answers claim %,d s less than they could".formatted(times.backdatedMaxMs() / 1_000);
    return "%s: its times are the producers' (%s is not %s), %s; see realm topics create"
        .formatted(topic, RecordTimes.TYPE_SETTING, RecordTimes.BROKER_TYPE, limit);
  }

  private String otherPartitions(int written, int found) {
    return written > found
        ? "%s: the updater's state has %d partitions, the topic %d: it refuses to start so"
            .formatted(topics.passageVectors(), written, found)
        : "%s: the updater writes %d of %d partitions, all only from a start without state on"
            .formatted(topics.passageVectors(), written, found);
  }

  /** Where readers of what is committed end, in partitions that go on behind. */
  private Map<Integer, Long> openTransactions() {
    Map<TopicPartition, Long> written = TopicOffsets.of(admin, topics.documents()).ends();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    written.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<Integer, Long> open = new TreeMap<>();
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    Connection.await(admin.listOffsets(asked, committed).all())
        .forEach(
            (partition, end) -> {
              if (end.offset() < written.getOrDefault(partition, 0L)) {
                open.put(partition.partition(), end.offset());
              }
            });
    return open;
  }

  private Map<String, String> settings(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return Connection.await(admin.describeConfigs(List.of(resource)).all()).values().stream()
        .flatMap(config -> config.entries().stream())
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }
}
