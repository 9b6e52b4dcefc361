package io.realmstream.deploy.embedded;

import static io.realmstream.deploy.embedded.OperatedTopics.bytes;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.deploy.flink.FlinkRest;
import io.realmstream.jobs.state.RocksDBSettings;
import io.realmstream.jobs.wikipedia.WikipediaOptions;
import io.realmstream.schemas.Topics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A text that was indexed, asked for and refused is found nowhere after its purge, when the bound
 * of each place has passed: the table of FORGETTING.md. The bounds are forced.
 */
@Timeout(900)
class ForgettingIT {
  /** These letters occur nowhere else. */
  private static final String PLANTED = "Zqxvkwpyj";

  private static final Topics TOPICS = new Topics("realm");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Their texts go by their retention alone. */
  private static final List<String> EXPIRING =
      List.of(
          TOPICS.documents(),
          TOPICS.wikipediaEvents(),
          TOPICS.passageVectors(),
          TOPICS.queries(),
          TOPICS.answers(),
          TOPICS.searchAgain(),
          TOPICS.deadLetters());

  /** No document's text is ever here. */
  private static final List<String> WITHOUT_TEXTS =
      List.of(
          TOPICS.documentStatus(),
          TOPICS.wikipediaOutcomes(),
          TOPICS.feedback(),
          TOPICS.learningStatus(),
          TOPICS.retrieverCheckpoints(),
          TOPICS.indexVersions(),
          TOPICS.partitions(),
          TOPICS.republications(),
          TOPICS.freshness());

  /** A page whose text is published, and one whose text the follower still holds. */
  private static final PageEvent PUBLISHED =
      new PageEvent(974, PLANTED + " in Wikipedia", 10, Instant.parse("2020-01-01T00:00:00Z"));

  private static final PageEvent HELD =
      new PageEvent(975, "The held " + PLANTED, 11, PUBLISHED.time());
  private static final Instant LATER = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path directory = Path.of("unset");
  private int edits;
  private int savepoints;

  @Test
  void whatIsPurgedIsFoundNowhereBehindItsBounds() throws Exception {
    StringWriter logs = logs();
    try (EmbeddedRun run = up()) {
      OperatedTopics topics = new OperatedTopics(run.bootstrapServers());
      RealmTopics realm = new RealmTopics(run.bootstrapServers(), run.dashboard());
      plant(run, topics, realm);

      CommandRun purge =
          CommandRun.of("delete", "planted", "--purge", "--dir=" + directory, "--timeout=300");
      assertThat(purge.exitCode()).as(purge.err()).isZero();
      for (PageEvent page : List.of(PUBLISHED, HELD)) {
        topics.send(page.at(LATER).suppression());
      }
      await("answers without it")
          .atMost(PATIENCE)
          .until(() -> !realm.ask(question("the tower of Varn")).contains(PLANTED));
      for (String id : List.of("planted", PUBLISHED.key())) {
        assertThat(CommandRun.of("show", id, "--dir=" + directory).out())
            .contains("DELETED")
            .doesNotContain(PLANTED);
      }
      // what was in force a moment ago is kept for questions that are under way
      await("state as it is read without it")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(5))
          .until(() -> savepoints(run, job -> true).stream().noneMatch(ForgettingIT::has));

      forgetAccepted(topics);
      EXPIRING.forEach(topics::expire);
      Stream.concat(EXPIRING.stream(), WITHOUT_TEXTS.stream())
          .forEach(topic -> assertThat(records(topics, topic)).as(topic).isZero());
      awaitNoFileOfState(topics);
    }
    assertThat(logs.toString()).doesNotContain(PLANTED);
  }

  /** All that is logged from now on. */
  private static StringWriter logs() {
    StringWriter lines = new StringWriter();
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("lines")
            .setTarget(lines)
            .setLayout(PatternLayout.newBuilder().withPattern("%m%n%rEx").build())
            .build();
    appender.start();
    LoggerContext.getContext(false).getRootLogger().addAppender(appender);
    return lines;
  }

  /** It stands wherever it may: else nothing would be shown by its absence. */
  private void plant(EmbeddedRun run, OperatedTopics topics, RealmTopics realm) {
    editOthers(topics);
    edit(
        topics,
        "{\"id\": \"planted\", \"revision\": 1, \"title\": \"The %1$s of Varn\", "
            + "\"text\": \"The tower of Varn is called %1$s.\", "
            + "\"link\": \"https://varn.example/%1$s\", \"license\": \"%1$s\"}");
    topics.send(PUBLISHED.observed(LATER.minusSeconds(60), "It is called " + PLANTED + "."));
    topics.send(HELD.editWith("This " + PLANTED + " is held."));
    topics.send(
        new ProducerRecord<>(
            TOPICS.documents(), bytes("wrong key"), bytes("{\"id\": \"" + PLANTED + "\"}")));
    await("an answer that quotes it")
        .atMost(PATIENCE)
        .until(
            () -> realm.ask(question("what is " + PLANTED)),
            answer -> answer.contains("https") && answer.contains(PUBLISHED.title()));
    List<String> holding = new ArrayList<>(EXPIRING);
    holding.remove(TOPICS.searchAgain()); // no question is searched again here
    holding.add(TOPICS.acceptedDocuments());
    for (String topic : holding) {
      await(topic).atMost(PATIENCE).until(() -> records(topics, topic) > 0);
    }
    await("a checkpoint with it")
        .atMost(PATIENCE)
        .until(() -> files(directory.resolve("checkpoints")).stream().anyMatch(ForgettingIT::has));
    await("the follower's state with it")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(5))
        .untilAsserted(() -> assertFollowerHolds(run));
  }

  /** The title of the one page, and title and text of the other. */
  private void assertFollowerHolds(EmbeddedRun run) {
    List<Path> files = savepoints(run, job -> job.name().equals("WikipediaFollower"));
    for (String words : List.of(PUBLISHED.title(), HELD.title(), PLANTED + " is held")) {
      assertThat(files).as(words).anyMatch(file -> has(file, words));
    }
  }

  /** Compaction leaves the newest segment alone: the next edits begin another. */
  private void forgetAccepted(OperatedTopics topics) {
    topics.compactSoon(TOPICS.acceptedDocuments());
    await("compaction of accepted edits")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              editOthers(topics);
              return records(topics, TOPICS.acceptedDocuments()) == 0;
            });
  }

  /** RocksDB looks at a state's files when something is written to it. */
  private void awaitNoFileOfState(OperatedTopics topics) {
    await("state files and checkpoints without it")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              editOthers(topics);
              return Stream.of("checkpoints", "tmp")
                  .flatMap(folder -> files(directory.resolve(folder)).stream())
                  .noneMatch(ForgettingIT::has);
            });
  }

  private void editOthers(OperatedTopics topics) {
    edits++;
    for (int i = 0; i < 8; i++) {
      edit(
          topics,
          "{\"id\": \"other%d\", \"revision\": %d, \"text\": \"The tower %d is %d metres high.\"}"
              .formatted(i, edits, i, edits));
      PageEvent other = new PageEvent(i + 1, "Tower " + i, edits, LATER.plusSeconds(edits));
      topics.send(other.editWith("It is %d metres high.".formatted(edits)));
    }
  }

  private static void edit(OperatedTopics topics, String format) {
    topics.send(new ProducerRecord<>(TOPICS.documents(), null, bytes(format.formatted(PLANTED))));
  }

  private static String question(String text) {
    return "\"text\": \"%s\", \"kind\": \"RETRIEVE\", \"k\": 100".formatted(text);
  }

  /** How many records hold it. */
  private static long records(OperatedTopics topics, String topic) {
    return topics.records(topic).stream()
        .filter(
            record ->
                holds(record.key())
                    || holds(record.value())
                    || Stream.of(record.headers().toArray()).anyMatch(h -> holds(h.value())))
        .count();
  }

  private static boolean holds(byte @Nullable [] bytes) {
    return bytes != null && new String(bytes, ISO_8859_1).contains(PLANTED);
  }

  /** The files of savepoints of such jobs in the form that every backend reads. */
  private List<Path> savepoints(EmbeddedRun run, Predicate<FlinkRest.Job> which) {
    FlinkRest flink = new FlinkRest(run.dashboard(), Duration.ofMinutes(1));
    Path folder = directory.resolve("savepoints" + savepoints++);
    for (FlinkRest.Job job : flink.jobs().stream().filter(which).toList()) {
      String path = "/jobs/" + job.id() + "/savepoints";
      Map<String, Object> request =
          Map.of("target-directory", folder.toUri().toString(), "formatType", "CANONICAL");
      String id = flink.post(path, request).path("request-id").asText();
      JsonNode end =
          await("a savepoint")
              .atMost(PATIENCE)
              .until(
                  () -> flink.get(path + "/" + id),
                  state -> state.at("/status/id").asText().equals("COMPLETED"));
      assertThat(end.at("/operation/location").asText()).as(end.toString()).startsWith("file:");
    }
    List<Path> files = files(folder);
    assertThat(files).isNotEmpty();
    return files;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      return files(folder); // one was deleted meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(Path file) {
    return has(file, PLANTED);
  }

  private static boolean has(Path file, String words) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1).contains(words);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private EmbeddedRun up() throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    EmbeddedRun run =
        EmbeddedRun.start(
            settings,
            jobs -> {
              jobs.set(RocksDBSettings.FORGET_WITHIN, Duration.ofSeconds(1));
              jobs.set(WikipediaOptions.CONTACT, "a@example.org");
              jobs.set(WikipediaOptions.HOLD, Duration.ofHours(1));
              return EmbeddedJob.all(jobs);
            },
            line -> {});
    run.announce();
    return run;
  }
}
