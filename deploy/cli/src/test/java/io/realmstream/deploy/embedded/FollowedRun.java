package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.SourceOffsets;
import io.realmstream.deploy.client.TopicOffsets;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.deploy.embedded.DisturbedFeed.Arrival;
import io.realmstream.deploy.embedded.PageHistory.Revision;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.json.Json;
import io.realmstream.deploy.wikipedia.load.Gate;
import io.realmstream.deploy.wikipedia.load.GateRule;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/** Kafka, all three jobs, and a local wiki that has the texts of histories. */
final class FollowedRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LocalApi api;
  private final EmbeddedRun run;
  private final Connection connection;
  private final RealmTopics topics;

  /**
   * What a knowledge base holds.
   *
   * @param published each document in force: title, revision, passages and their vectors
   * @param answered all passages, as an answer has them
   */
  record Index(Map<String, String> published, String answered) {}

  private FollowedRun(LocalApi api, EmbeddedRun run) {
    this.api = api;
    this.run = run;
    connection = Connection.to(run.bootstrapServers());
    topics = new RealmTopics(run.bootstrapServers(), run.dashboard());
  }

  static FollowedRun start(Path directory, List<PageHistory> histories) throws Exception {
    LocalApi api = new LocalApi();
    for (PageHistory history : histories) {
      for (Revision revision : history.revisions()) {
        String text = revision.text();
        long number = revision.event().revision();
        var unused = text == null ? api.hide(number) : api.text(number, text);
      }
    }
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    EmbeddedRun run =
        EmbeddedRun.start(
            settings,
            jobs -> {
              jobs.set(WikipediaOptions.CONTACT, "a@example.org");
              jobs.set(WikipediaOptions.APIS, Map.of("enwiki", api.address()));
              jobs.set(WikipediaOptions.REQUESTS_PER_MINUTE, 60_000);
              jobs.set(WikipediaOptions.SETTLE, Duration.ZERO);
              return EmbeddedJob.all(jobs);
            },
            line -> {});
    run.announce();
    return new FollowedRun(api, run);
  }

  /** Sends the edits one by one, each when the one before is answerable. */
  void follow(List<Revision> revisions) {
    try (Gate gate = Gate.open(connection, new GateRule("enwiki", 0, PATIENCE))) {
      for (Revision revision : revisions) {
        gate.pass(revision.event().key(), 1, () -> true);
        topics.send(revision.edit());
      }
      gate.settle(() -> true);
    }
  }

  /** Sends what a bad feed brings, a minute of it at once. Each corrupt event is a dead letter. */
  void follow(DisturbedFeed feed) {
    int corrupt = 0;
    for (List<Arrival> minute : feed.minutes()) {
      for (Arrival arrival : minute) {
        var place = topics.send(arrival.record());
        if (arrival.corrupt()) {
          corrupt++;
          topics.awaitDeadLetters(place, 1, arrival.record().value(), "MALFORMED");
        }
      }
      awaitRead();
    }
    try (Admin admin = connection.admin()) {
      assertThat(TopicOffsets.of(admin, connection.topics().deadLetters()).records())
          .as("dead letters")
          .isEqualTo(corrupt);
    }
  }

  /** Waits until the jobs have read all that was sent, as their checkpoints say. */
  void awaitRead() {
    awaitRead(connection.topics().wikipediaEvents(), "wikipedia-events");
    awaitRead(connection.topics().documents(), "updater-documents");
  }

  private void awaitRead(String topic, String reader) {
    String group = connection.group(reader);
    try (Admin admin = connection.admin()) {
      await(reader)
          .atMost(PATIENCE)
          .until(
              () ->
                  TopicOffsets.of(admin, topic).behind(SourceOffsets.committed(admin, group)) == 0);
    }
  }

  Index index() throws IOException {
    PublishedVectors vectors = new PublishedVectors();
    vectors.take(PublishedVectors.records(run.bootstrapServers()));
    String answer = topics.ask("\"text\": \"what is it?\", \"kind\": \"RETRIEVE\", \"k\": 1000");
    return new Index(vectors.inForce(), Json.MAPPER.readTree(answer).path("result").toString());
  }

  /** Vectors that took a run of the encoder. */
  long embedded() {
    AtomicLong embedded = new AtomicLong();
    TopicReplay.forEach(
        connection,
        connection.topics().documentStatus(),
        Codecs.DOCUMENT_STATUS,
        status -> embedded.addAndGet(status.counts().embedded()));
    return embedded.get();
  }

  @Override
  public void close() {
    run.close();
    api.close();
  }
}
