package io.realmstream.deploy.embedded;

import io.realmstream.model.freshness.RecordTimes;
import io.realmstream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates every topic that the jobs read or write. */
public final class TopicSetup {
  /** Of each topic that grows with documents or queries; more would only help more subtasks. */
  private static final int PARTITIONS = 4;

  private static final Duration TRANSPORT_RETENTION = Duration.ofDays(7);
  private static final Duration MARK_RETENTION = Duration.ofHours(1);
  private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);
  private static final int LARGE_RECORD_BYTES_MAX = 8 << 20;

  private TopicSetup() {}

  /**
   * Creates what is missing and brings the settings of what exists up to date; the partitions of an
   * existing topic stay as they are.
   *
   * @return names of those that were missing
   */
  public static List<String> create(Admin admin, Topics topics)
      throws ExecutionException, InterruptedException {
    List<NewTopic> wanted = wanted(topics);
    Map<String, KafkaFuture<Void>> creations = admin.createTopics(wanted).values();
    List<String> created = new ArrayList<>();
    for (NewTopic topic : wanted) {
      try {
        Objects.requireNonNull(creations.get(topic.name())).get();
        created.add(topic.name());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    admin.incrementalAlterConfigs(settings(wanted)).all().get();
    return created;
  }

  static List<NewTopic> wanted(Topics topics) {
    List<NewTopic> wanted = new ArrayList<>();
    wanted.add(brokerTimed(large(compacted(topics.documents(), PARTITIONS))));
    wanted.add(compacted(topics.documentStatus(), PARTITIONS));
    wanted.add(brokerTimed(compacted(topics.retrieverCheckpoints(), 1)));
    // a log that all fold from its beginning: one order, and never shorter
    wanted.add(
        brokerTimed(
            topic(
                topics.indexVersions(),
                1,
                Map.of("cleanup.policy", "delete", "retention.ms", "-1"))));
    wanted.add(compacted(topics.partitions(), 1));
    // a document that is not split is one passage, in one record
    wanted.add(large(expiring(topics.passageVectors(), PARTITIONS, TRANSPORT_RETENTION)));
    wanted.add(expiring(topics.queries(), PARTITIONS, TRANSPORT_RETENTION));
    // up to 1,000 passages with their evidence
    wanted.add(large(expiring(topics.answers(), PARTITIONS, TRANSPORT_RETENTION)));
    // one order for all; a mark is of use for a moment
    wanted.add(expiring(topics.freshness(), 1, MARK_RETENTION));
    wanted.add(large(expiring(topics.deadLetters(), 1, DEAD_LETTER_RETENTION)));
    return wanted;
  }

  private static NewTopic compacted(String name, int partitions) {
    return topic(name, partitions, Map.of("cleanup.policy", "compact"));
  }

  private static NewTopic expiring(String name, int partitions, Duration retention) {
    return topic(
        name,
        partitions,
        Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis())));
  }

  private static NewTopic large(NewTopic topic) {
    topic.configs().put("max.message.bytes", Integer.toString(LARGE_RECORD_BYTES_MAX));
    return topic;
  }

  /** Decisions rest on when the broker had a record: producers' clocks decide nothing. */
  private static NewTopic brokerTimed(NewTopic topic) {
    topic.configs().put(RecordTimes.TYPE_SETTING, RecordTimes.BROKER_TYPE);
    return topic;
  }

  /** The broker's default replication: 1 in the embedded run, more on a cluster. */
  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty())
        .configs(new HashMap<>(settings));
  }

  private static Map<ConfigResource, Collection<AlterConfigOp>> settings(List<NewTopic> topics) {
    return topics.stream()
        .collect(
            Collectors.toMap(
                topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                topic ->
                    topic.configs().entrySet().stream()
                        .map(
                            entry ->
                                new AlterConfigOp(
                                    new ConfigEntry(entry.getKey(), entry.getValue()),
                                    AlterConfigOp.OpType.SET))
                        .toList()));
  }
}
