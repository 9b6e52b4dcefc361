package io.realmstream.jobs.wikipedia;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.realmstream.jobs.InboundRecord;
import io.realmstream.jobs.graph.Descriptions;
import io.realmstream.jobs.graph.MemoryEnds;
import io.realmstream.jobs.graph.Rights;
import io.realmstream.jobs.launch.JobSettings;
import io.realmstream.jobs.wikipedia.fetch.LocalApi;
import io.realmstream.schemas.Topics;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The graph, laid and run between ends in memory. */
class WikipediaFollowerTest {
  private static final Topics TOPICS = new Topics("realm");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private final MemoryEnds ends = new MemoryEnds(TOPICS);

  /** A savepoint finds each operator's state by its uid: a change loses it. */
  @Test
  void uidsStand() {
    Configuration settings = new Configuration();
    settings.set(WikipediaOptions.CONTACT, "a@example.org");
    StreamExecutionEnvironment env = build(settings);
    assertThat(
            env.getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .map(String::valueOf)
                .distinct()
                .sorted())
        .containsExactly(
            "accepted-source",
            "dead-letters-sink",
            "decode-events",
            "decode-known",
            "documents-sink",
            "events-source",
            "pages",
            "text",
            "wikipedia-outcomes-sink");
  }

  @Test
  void graphIsAsThePagesSay() throws Exception {
    Configuration settings = new Configuration();
    settings.set(WikipediaOptions.CONTACT, "a@example.org");
    Descriptions.check(build(settings), Path.of("README.md"));
    Rights.check(Path.of("..", "OPERATING.md"), "WikipediaFollower", ends);
  }

  @Test
  void withoutAContactItDoesNotStart() {
    assertThatThrownBy(() -> build(new Configuration())).hasMessageContaining("contact");
  }

  @Test
  void aWikiWithoutAnAddressIsRefused() {
    Configuration settings = new Configuration();
    settings.set(WikipediaOptions.CONTACT, "a@example.org");
    settings.set(WikipediaOptions.WIKIS, List.of("wikidata"));
    assertThatThrownBy(() -> build(settings)).hasMessageContaining("wikidata");
  }

  @Test
  void eventsBecomeEditsOfDocuments() throws Exception {
    try (LocalApi api = new LocalApi()) {
      api.text(12, "'''Ada''' was a mathematician.");
      Configuration settings = JobSettings.configuration();
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
      settings.set(WikipediaOptions.CONTACT, "a@example.org");
      settings.set(WikipediaOptions.APIS, Map.of("enwiki", api.address()));
      settings.set(WikipediaOptions.SETTLE, Duration.ofMillis(100));
      send("{\"no\": \"event\"}");
      send(event("edit", 12, "09:30:00"));
      send(event("edit", 12, "09:30:00"));
      JobClient job = build(settings).executeAsync();
      try {
        await().atMost(Duration.ofMinutes(2)).until(() -> edits().size() == 1);
        send(event("delete", 12, "09:31:00"));
        await().atMost(Duration.ofMinutes(2)).until(() -> edits().size() == 2);
      } finally {
        job.cancel().get();
      }
      assertThat(edits())
          .extracting(edit -> edit.id() + " " + edit.kind() + " " + edit.text())
          .containsExactly(
              "enwiki:974 UPSERT Ada was a mathematician.", "enwiki:974 " + EditKind.DELETE + " ");
      assertThat(edits().get(0).provenance().source()).isNotNull();
      assertThat(api.asked()).containsExactly(12L);
      assertThat(ends.records(TOPICS.deadLetters())).hasSize(1);
      assertThat(ends.records(TOPICS.wikipediaOutcomes())).hasSize(3);
    }
  }

  private StreamExecutionEnvironment build(Configuration settings) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1);
    WikipediaFollower.build(env, settings, ends);
    return env;
  }

  private void send(String event) {
    ends.send(TOPICS.wikipediaEvents(), "enwiki:974".getBytes(UTF_8), event.getBytes(UTF_8));
  }

  private List<DocumentEdit> edits() throws BadRecordException {
    List<DocumentEdit> edits = new ArrayList<>();
    for (InboundRecord record : ends.records(TOPICS.documents())) {
      edits.add(Codecs.DOCUMENT_EDIT.decode(Objects.requireNonNull(record.value())));
    }
    return edits;
  }

  private static String event(String kind, int revision, String time) {
    return """
        {"$schema": "/mediawiki/page/change/1.2.0", "dt": "2026-03-01T%sZ", "wiki_id": "enwiki",
         "changelog_kind": "update", "page_change_kind": "%s", "performer": {},
         "page": {"page_id": 974, "page_title": "Ada_Lovelace", "namespace_id": 0},
         "revision": {"rev_id": %d, "rev_dt": "2026-03-01T09:30:00Z", "content_slots": {}}}
        """
        .formatted(time, kind, revision);
  }
}
