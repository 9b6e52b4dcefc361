package io.realmstream.deploy.client.status;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.SourceOffsets;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads a report from the topics; all that is known of the knowledge base is in them. */
public final class StatusReader {
  /** Twice the longest pause between two requests of a retriever that lacks a shard. */
  private static final Duration ASKED_LATELY = Duration.ofSeconds(640);

  /** Of a lag of more offsets, what is no record among them is not told apart. */
  private static final int COUNTED_MAX = 20_000;

  /** Of each partition of the outcomes topic. */
  private static final int OUTCOMES_MAX = 200;

  private final Connection connection;

  public StatusReader(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes as long as reading the document-status topic does.
   *
   * @param flink that runs the jobs; null, or one that does not answer = they are unknown
   * @param verified since when all pages of a wiki are verified, by its name; asked once the broker
   *     has answered; null = unknown
   */
  public StatusReport read(
      @Nullable FlinkRest flink, @Nullable Supplier<Map<String, Instant>> verified) {
    Topics topics = connection.topics();
    connection.require(
        topics.documents(),
        topics.documentStatus(),
        topics.retrieverCheckpoints(),
        topics.indexVersions(),
        topics.passageVectors(),
        topics.queries(),
        topics.wikipediaOutcomes(),
        topics.deadLetters());
    List<FlinkRest.Job> jobs = jobs(flink);
    DocumentCounts counts = counts();
    List<StatusReport.Version> versions = versions();
    try (Admin admin = connection.admin()) {
      Heartbeats beats = Heartbeats.read(connection);
      List<String> warnings =
          new FreshnessWarnings(admin, topics).read(beats.newest(), retrieverShards());
      warnings.addAll(FeedGap.warnings(connection, admin));
      if (flink != null && jobs != null) {
        warnings.addAll(OverdueCheckpoints.warnings(flink, jobs));
        warnings.addAll(SilentWikis.warnings(flink, jobs));
      }
      Instant now = Instant.now();
      return new StatusReport(
          now,
          jobs,
          new StatusReport.Documents(counts.documents(), counts.passages(), counts.failed()),
          versions,
          StatusReport.Freshness.of(beats.through(), now),
          lags(admin),
          new StatusReport.Trouble(
              TopicOffsets.of(admin, connection.topics().deadLetters()).records(), warnings),
          verified == null ? null : wikis(verified.get(), now));
    }
  }

  private static @Nullable List<FlinkRest.Job> jobs(@Nullable FlinkRest flink) {
    try {
      return flink == null ? null : flink.jobs();
    } catch (ClientException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Those that were verified, and those of which something was decided last. */
  private List<StatusReport.Wiki> wikis(Map<String, Instant> verified, Instant now) {
    Set<String> names = new TreeSet<>(verified.keySet());
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().wikipediaOutcomes())) {
      replay.forEachLast(
          OUTCOMES_MAX,
          TopicReplay.decoded(Codecs.WIKIPEDIA_OUTCOME, outcome -> names.add(outcome.wiki())));
    }
    return names.stream().map(name -> StatusReport.Wiki.of(name, verified.get(name), now)).toList();
  }

  private DocumentCounts counts() {
    DocumentCounts counts = new DocumentCounts();
    String topic = connection.topics().documentStatus();
    TopicReplay.forEach(connection, topic, Codecs.DOCUMENT_STATUS, counts::add);
    return counts;
  }

  private List<StatusReport.Version> versions() {
    return new VersionLog(connection)
        .table().versions().stream()
            .map(
                entry ->
                    new StatusReport.Version(
                        entry.version(),
                        entry.state().name(),
                        entry.complete(),
                        entry.checkpoint().retriever(),
                        entry.reason()))
            .toList();
  }

  /** What the last retriever named that asked for a shard; one in doubt goes on asking. */
  private @Nullable Integer retrieverShards() {
    AtomicReference<@Nullable Integer> named = new AtomicReference<>();
    try (TopicReplay replay = TopicReplay.of(connection, connection.topics().republications())) {
      replay.forEachSince(
          Instant.now().minus(ASKED_LATELY).toEpochMilli(),
          TopicReplay.decoded(
              Codecs.REPUBLICATION_REQUEST,
              request -> {
                if (request.shards() != null) {
                  named.set(request.shards());
                }
              }));
    }
    return named.get();
  }

  private List<StatusReport.Lag> lags(Admin admin) {
    Topics topics = connection.topics();
    return List.of(
        lag(admin, topics.documents(), "updater-documents"),
        lag(admin, topics.retrieverCheckpoints(), "updater-checkpoints"),
        lag(admin, topics.indexVersions(), "updater-versions"),
        lag(admin, topics.passageVectors(), "retriever-vectors"),
        lag(admin, topics.queries(), "retriever-queries"),
        lag(admin, topics.indexVersions(), "retriever-versions"));
  }

  private StatusReport.Lag lag(Admin admin, String topic, String reader) {
    Map<TopicPartition, Long> committed = SourceOffsets.committed(admin, connection.group(reader));
    Long records = committed.isEmpty() ? null : unread(admin, topic, committed);
    return new StatusReport.Lag(topic, reader, records);
  }

  /** Marks of transactions have offsets, too, and a heartbeat is nothing that an answer lacks. */
  private long unread(Admin admin, String topic, Map<TopicPartition, Long> committed) {
    long offsets = TopicOffsets.of(admin, topic).behind(committed);
    if (offsets == 0 || offsets > COUNTED_MAX) {
      return offsets;
    }
    AtomicLong records = new AtomicLong();
    try (TopicReplay replay = TopicReplay.of(connection, topic)) {
      boolean beats = topic.equals(connection.topics().passageVectors());
      replay.forEachFrom(
          committed,
          record -> {
            if (!beats || Heartbeats.beat(record.value()) == null) {
              records.incrementAndGet();
            }
          });
    }
    return records.get();
  }
}
