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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates every topic that the jobs read or write. */
public final class TopicSetup {
  /** Of each topic that grows with documents or queries; more would only help more subtasks. */
  private static final int PARTITIONS = 4;

  /**
   * Settings of an existing documents topic that change only if somebody asks to forget. Its
   * records may be the only copy of documents of an earlier run, and older than any retention.
   */
  private static final Set<String> KEPT_OF_DOCUMENTS = Set.of("cleanup.policy", "retention.ms");

  /** Settings of a topic that holds nothing of any document. */
  private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

  private static final Duration MARK_RETENTION = Duration.ofHours(1);
  private static final Duration REQUEST_RETENTION = Duration.ofDays(1);
  private static final int LARGE_RECORD_BYTES_MAX = 8 << 20;
  private static final Duration DESCRIPTION_MAX = Duration.ofSeconds(10);
  private static final Duration DESCRIPTION_PAUSE = Duration.ofMillis(50);

  private TopicSetup() {}

  /**
   * Creates the topics that are missing, and brings the settings of the others up to date. Returns
   * when the broker knows all of them, and each partition of a new one has its leader. The
   * partitions of an existing topic stay as they are. So does what somebody set, as far as the jobs
   * can work with it (see {@link SettingRule}); with a bound for forgetting, retention is set anew.
   *
   * @return names of those that were missing
   * @throws IllegalStateException when one that exists has lost its order
   */
  public static List<String> create(Admin admin, Topics topics, Retention retention)
      throws ExecutionException, InterruptedException {
    List<NewTopic> wanted = wanted(topics, retention);
    Map<String, KafkaFuture<Void>> creations = admin.createTopics(wanted).values();
    List<String> created = new ArrayList<>();
    List<NewTopic> old = new ArrayList<>();
    for (NewTopic topic : wanted) {
      try {
        Objects.requireNonNull(creations.get(topic.name())).get();
        created.add(topic.name());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
        old.add(topic);
      }
    }
    Map<String, TopicDescription> descriptions =
        describe(admin, wanted.stream().map(NewTopic::name).toList());
    descriptions.forEach((name, found) -> topics.checkOrder(name, found.partitions().size()));
    descriptions.keySet().retainAll(created);
    awaitLeaders(admin, descriptions.values());
    if (retention.forgetWithin() == null) {
      old.stream()
          .filter(topic -> topic.name().equals(topics.documents()))
          .forEach(topic -> topic.configs().keySet().removeAll(KEPT_OF_DOCUMENTS));
    }
    update(admin, old, retention);
    return created;
  }

  private static void update(Admin admin, List<NewTopic> old, Retention retention)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Config> found =
        admin.describeConfigs(old.stream().map(TopicSetup::resource).toList()).all().get();
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (NewTopic topic : old) {
      Config set = Objects.requireNonNull(found.get(resource(topic)));
      Map<String, String> changed =
          SettingRule.changes(topic.configs(), byHand(set), retention.forgetWithin() != null);
      if (!changed.isEmpty()) {
        changes.put(resource(topic), changed.entrySet().stream().map(TopicSetup::change).toList());
      }
    }
    admin.incrementalAlterConfigs(changes).all().get();
  }

  private static ConfigResource resource(NewTopic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static AlterConfigOp change(Map.Entry<String, String> setting) {
    return new AlterConfigOp(
        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET);
  }

  /** The topic's own settings, without the broker's defaults. */
  private static Map<String, String> byHand(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  /** Waits: a broker may hear a moment later than its controller that a topic exists. */
  private static Map<String, TopicDescription> describe(Admin admin, List<String> topics)
      throws ExecutionException, InterruptedException {
    long patience = System.nanoTime() + DESCRIPTION_MAX.toNanos();
    while (true) {
      try {
        return new HashMap<>(admin.describeTopics(topics).allTopicNames().get());
      } catch (ExecutionException e) {
        boolean isUnknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!isUnknown || System.nanoTime() > patience) {
          throw e;
        }
        Thread.sleep(DESCRIPTION_PAUSE.toMillis());
      }
    }
  }

  /**
   * Asks each partition's leader for offsets, which waits until there is a leader. Otherwise a
   * broker may take a producer's second batch first, and then refuse the first one for good.
   */
  private static void awaitLeaders(Admin admin, Collection<TopicDescription> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription topic : topics) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    admin.listOffsets(ends).all().get();
  }

  private static List<NewTopic> wanted(Topics topics, Retention retention) {
    Map<String, String> transport = retention.transport();
    List<NewTopic> wanted = new ArrayList<>();
    // for less time than deletions are remembered: what is read again must not outlive its deletion
    wanted.add(brokerTimed(large(topic(topics.documents(), PARTITIONS, transport))));
    // the lag of its compaction is one of the broker's clock
    wanted.add(
        brokerTimed(large(topic(topics.acceptedDocuments(), PARTITIONS, retention.accepted()))));
    wanted.add(topic(topics.documentStatus(), PARTITIONS, retention.compacted()));
    wanted.add(brokerTimed(topic(topics.retrieverCheckpoints(), 1, COMPACTED)));
    // a log that all fold from its beginning: one order, and never shorter
    wanted.add(
        brokerTimed(
            topic(
                topics.indexVersions(),
                1,
                Map.of("cleanup.policy", "delete", "retention.ms", "-1"))));
    wanted.add(topic(topics.partitions(), 1, COMPACTED));
    // a document that is not split is one passage, in one record; the learner cuts it by times
    wanted.add(brokerTimed(large(topic(topics.passageVectors(), PARTITIONS, transport))));
    // whoever has not been heard asks again
    wanted.add(topic(topics.republications(), 1, retention.expiring(REQUEST_RETENTION)));
    wanted.add(topic(topics.queries(), PARTITIONS, transport));
    // up to 1,000 passages with their evidence
    wanted.add(large(topic(topics.answers(), PARTITIONS, transport)));
    // one order for all; a mark is of use for a moment
    wanted.add(topic(topics.freshness(), 1, retention.expiring(MARK_RETENTION)));
    // a question waits here for a moment; should both jobs rest, as long as it would in queries
    wanted.add(large(topic(topics.searchAgain(), PARTITIONS, transport)));
    // a page with its text, as an import read it
    wanted.add(large(topic(topics.wikipediaEvents(), PARTITIONS, transport)));
    wanted.add(topic(topics.wikipediaOutcomes(), PARTITIONS, retention.deadLetters()));
    // one order for all: a curve
    wanted.add(topic(topics.learningStatus(), 1, retention.deadLetters()));
    // what was said last of each question
    wanted.add(topic(topics.feedback(), PARTITIONS, retention.compacted()));
    wanted.add(large(topic(topics.deadLetters(), 1, retention.deadLetters())));
    return wanted;
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
}
