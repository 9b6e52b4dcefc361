package io.realmstream.jobs;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.realmstream.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * The settings of the jobs, and the only documentation of them. WikipediaFollower has others
 * besides.
 */
public final class RealmOptions {
  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      key("realm.bootstrap-servers")
          .stringType()
          .defaultValue("localhost:9092")
          .withDescription("Kafka brokers to start from.");

  public static final ConfigOption<Map<String, String>> KAFKA =
      key("realm.kafka")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Further properties of every Kafka client, security for instance.");

  public static final ConfigOption<String> TOPIC_PREFIX =
      key("realm.topic-prefix")
          .stringType()
          .defaultValue("realm")
          .withDescription("First part of every topic's and consumer group's name.");

  public static final ConfigOption<String> RETRIEVER =
      key("realm.retriever")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Name of a retriever that runs beside the first one; it has queries, answers and"
                  + " further topics of its own, and groups. It announces no version READY and"
                  + " writes no document status. Empty = the first one.");

  public static final ConfigOption<Integer> SHARDS =
      key("realm.shards")
          .intType()
          .defaultValue(16)
          .withDescription(
              "Document shards, cell shards and maximum parallelism of both jobs: 16 fits one"
                  + " machine, 128 a cluster. Another number means to rebuild both jobs' state.");

  public static final ConfigOption<String> MODEL_DIRECTORY =
      key("realm.model.directory")
          .stringType()
          .defaultValue(
              Path.of(System.getProperty("java.io.tmpdir"), "realmstream-models").toString())
          .withDescription("Folder on each machine that keeps verified model files by digest.");

  public static final ConfigOption<List<String>> MODEL_SOURCES =
      key("realm.model.sources")
          .stringType()
          .asList()
          .defaultValues("classpath:")
          .withDescription(
              "Where files of checkpoints may come from: beginnings of URIs, classpath: and file:"
                  + " ones; by default only what comes with the jobs. A checkpoint that names"
                  + " another place is refused: whoever can write to the topic of checkpoints must"
                  + " not choose which files of this machine are read.");

  public static final ConfigOption<MemorySize> MODEL_BYTES_MAX =
      key("realm.model.bytes.max")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(2047))
          .withDescription("A checkpoint with a larger file is refused.");

  public static final ConfigOption<Integer> EMBED_THREADS =
      key("realm.embed.threads")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Embedding threads of each documents subtask; by default the machine's cores divided"
                  + " by the parallelism, at least 1.");

  public static final ConfigOption<Integer> READ_THREADS =
      key("realm.read.threads")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Threads of each subtask that embeds questions or reads passages; by default the"
                  + " machine's cores.");

  public static final ConfigOption<Duration> READ_SHARED_FOR =
      key("realm.read.shared.for")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long what a reader gave is kept for questions with the same words and passage;"
                  + " 0 = not at all.");

  public static final ConfigOption<Integer> PENDING_DOCUMENTS_MAX =
      key("realm.pending.documents.max")
          .intType()
          .defaultValue(10_000)
          .withDescription(
              "Documents of each subtask that may wait for their vectors before reading pauses.");

  public static final ConfigOption<MemorySize> DOCUMENT_BYTES_MAX =
      key("realm.document.bytes.max")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(4))
          .withDescription("Larger document records go to the dead letters.");

  public static final ConfigOption<Duration> TOMBSTONE_TTL =
      key("realm.tombstone.ttl")
          .durationType()
          .defaultValue(Duration.ofDays(30))
          .withDescription(
              "How long a deleted document's revision is remembered against late edits.");

  public static final ConfigOption<Integer> REUSE_PASSAGES_MAX =
      key("realm.reuse.passages.max")
          .intType()
          .defaultValue(4_096)
          .withDescription(
              "Passages lost lately whose trunk outputs each document shard keeps, so that reverts"
                  + " and returning pages run no transformer: about 6 MiB of state a shard by"
                  + " default; 0 = none.");

  public static final ConfigOption<Duration> REUSE_TTL =
      key("realm.reuse.ttl")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long a document's lost passages are kept for reuse.");

  public static final ConfigOption<Duration> DELETE_DELAY =
      key("realm.delete.delay")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long vectors of removed passages stay in the index once the revision that lacks"
                  + " them is answerable, for questions that still see the one before. An answer is"
                  + " exact if its search took half of that at most.");

  public static final ConfigOption<Double> REBUILD_SHARE =
      key("realm.rebuild.share")
          .doubleType()
          .defaultValue(0.25)
          .withDescription(
              "Threads for a version that is built behind an ACTIVE one, as a share of the"
                  + " embedding threads, besides them, above 0 and at most 1; below one thread, it"
                  + " rests between passages.");

  public static final ConfigOption<Integer> CHECKED_PASSAGES =
      key("realm.versions.check.passages")
          .intType()
          .defaultValue(2)
          .withDescription(
              "Passages of each document shard that are embedded afresh and compared with what is"
                  + " stored before a version is READY; 0 = only the documents are counted.");

  public static final ConfigOption<Boolean> VERSIONS_SWITCH =
      key("realm.versions.switch")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether a version becomes ACTIVE by itself once it is READY; otherwise a command"
                  + " makes it so.");

  public static final ConfigOption<Duration> ROLLBACK_WINDOW =
      key("realm.versions.rollback-window")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "How long a superseded version is kept up to date before it is retired. Of a learner's"
                  + " trials only the one before the version in force is kept so long.");

  public static final ConfigOption<MemorySize> CACHE_BYTES =
      key("realm.cache.bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(128))
          .withDescription(
              "Heap of each cells subtask for the blocks of its index, enough for 300,000 vectors"
                  + " of 384 dimensions by default; 0 reads all of them from state at every"
                  + " search.");

  public static final ConfigOption<Long> PARTITION_PASSAGES_MIN =
      key("realm.partition.passages.min")
          .longType()
          .defaultValue(100_000L)
          .withDescription(
              "Passages from which on a version's vectors are divided into cells of their own;"
                  + " below that every search is exhaustive, and exact.");

  public static final ConfigOption<Integer> PARTITION_SAMPLE_MAX =
      key("realm.partition.sample.max")
          .intType()
          .defaultValue(262_144)
          .withDescription(
              "Passages, about, that a partition's centroids are trained from, an int8 code of"
                  + " each. Training keeps them on the heap: some 400 bytes a passage of 384"
                  + " dimensions.");

  public static final ConfigOption<Duration> PARTITION_RETIRE_DELAY =
      key("realm.partition.retire.delay")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "How long a replaced partition still answers queries that were routed by it; longer"
                  + " than any query takes from there to the cells.");

  public static final ConfigOption<Duration> FRESHNESS_TOLERANCE =
      key("realm.freshness.tolerance")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "By how much the clocks of Kafka's brokers and of the updater's machines may differ,"
                  + " plus the time that a record takes from a partition's leader to the replicas"
                  + " that it waits for: indexedThrough claims so much less than what was read.");

  public static final ConfigOption<Duration> QUERY_TIMEOUT =
      key("realm.query.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Deadline of a query that names none, from its Kafka timestamp, or from when it is"
                  + " read if that is earlier.");

  public static final ConfigOption<Duration> QUERY_DEADLINE_MAX =
      key("realm.query.deadline.max")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "A query whose deadline is farther ahead when it is read is INVALID: until then it"
                  + " would hold state and timers. At least realm.query.timeout.");

  public static final ConfigOption<Integer> SEARCH_HITS_MAX =
      key("realm.search.hits.max")
          .intType()
          .defaultValue(16_384)
          .withDescription(
              "Hits that a question's search may fetch. When fewer than k passages are left of its"
                  + " hits, because the others are copies or deleted, the search is made again with"
                  + " twice as many, up to this number; then the answer is not exact. 0 = no search"
                  + " is made again, as with answers EXACTLY_ONCE, which would wait for a"
                  + " checkpoint each time.");

  public static final ConfigOption<Integer> QUERIES_IN_FLIGHT_MAX =
      key("realm.queries.in-flight.max")
          .intType()
          .defaultValue(256)
          .withDescription(
              "Queries of each subtask that one model stage takes on at once; more are answered"
                  + " OVERLOADED, as are those that would not be done by their deadlines.");

  public static final ConfigOption<DeliveryGuarantee> ANSWERS_DELIVERY =
      key("realm.answers.delivery")
          .enumType(DeliveryGuarantee.class)
          .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
          .withDescription(
              "AT_LEAST_ONCE answers at once and may repeat an answer after a failure; EXACTLY_ONCE"
                  + " answers with each checkpoint, in Kafka transactions.");

  private RealmOptions() {}

  /** The topics that these settings name. */
  public static Topics topics(ReadableConfig settings) {
    return new Topics(settings.get(TOPIC_PREFIX), settings.get(RETRIEVER));
  }

  /**
   * The most hits that a search is made again with; 0 = none is. With answers EXACTLY_ONCE it would
   * wait for the transaction of the record that asks for it.
   */
  public static int searchHitsMax(ReadableConfig settings) {
    return settings.get(ANSWERS_DELIVERY) == DeliveryGuarantee.EXACTLY_ONCE
        ? 0
        : settings.get(SEARCH_HITS_MAX);
  }

  /** The properties that every Kafka client gets. */
  public static Properties kafka(ReadableConfig settings) {
    Properties properties = new Properties();
    properties.putAll(settings.get(KAFKA));
    properties.put("bootstrap.servers", settings.get(BOOTSTRAP_SERVERS));
    return properties;
  }
}
