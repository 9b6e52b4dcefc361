package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system, real in every part, in processes that are killed: the same edits give the same
 * answers, byte for byte, whatever happened on the way.
 */
class LivingKnowledgeBaseIT {
  private static final int DOCUMENTS = 120;
  private static final long SEED = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Path questions = Path.of("unset");
  private static Map<String, String> undisturbed = Map.of();

  /** The reference: edits in order, parallelism 2, nothing killed. */
  @BeforeAll
  static void answerUndisturbed(@TempDir Path shared) throws Exception {
    questions = write(Files.createTempFile("questions", ".jsonl"), questions());
    questions.toFile().deleteOnExit();
    Path edits = write(shared.resolve("edits.jsonl"), edits());
    Path home = Files.createDirectory(shared.resolve("realm"));
    try (RealmProcess realm = RealmProcess.up(home, 2)) {
      realm.run(0, "load", edits.toString(), "--wait");
      awaitComplete(realm);
      undisturbed = results(realm);
    }
    assertThat(undisturbed).hasSize(2 * questions().size());
    assertThat(undisturbed.values()).allMatch(result -> result.contains("\"ANSWERED\""));
  }

  @Test
  void killedWhileLoadingItResumesWithTheSameAnswers(@TempDir Path directory) throws Exception {
    Path edits = write(directory.resolve("edits.jsonl"), edits());
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      realm.run(0, "load", edits.toString());
      awaitPassages(realm, DOCUMENTS / 8);
      realm.kill();
    }
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      awaitPassages(realm, DOCUMENTS / 4);
      awaitCheckpointInProgress(directory);
      realm.kill();
    }
    assertAnswersAsUndisturbed(directory);
  }

  /** First with more subtasks, then from what was accepted alone: nothing else is left by then. */
  @Test
  void shuffledAndRescaledAndBegunFromAcceptedEditsAloneItGivesTheSameAnswers(
      @TempDir Path directory) throws Exception {
    List<String> shuffled = new ArrayList<>(edits());
    Collections.shuffle(shuffled, new Random(SEED));
    Path edits = write(directory.resolve("edits.jsonl"), shuffled);
    try (RealmProcess realm = RealmProcess.up(directory, 1)) {
      realm.run(0, "load", edits.toString(), "--wait");
      awaitComplete(realm);
      assertThat(results(realm)).isEqualTo(undisturbed);
      realm.kill();
    }
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      assertAnswersAsUndisturbed(realm);
      OperatedTopics topics = OperatedTopics.of(directory);
      topics.expire("realm.documents.v1");
      topics.expire("realm.passage-vectors.v1");
      realm.kill();
    }
    assertAnswersAsUndisturbed(directory, "--discard-state");
  }

  /** What was accepted is in its topic, and what was not yet in that of clients' edits. */
  @Test
  void killedWhileLoadingAndBegunWithoutStateItGivesTheSameAnswers(@TempDir Path directory)
      throws Exception {
    Path edits = write(directory.resolve("edits.jsonl"), edits());
    try (RealmProcess realm = RealmProcess.up(directory, 2)) {
      realm.run(0, "load", edits.toString());
      awaitPassages(realm, DOCUMENTS / 8);
      realm.kill();
    }
    assertAnswersAsUndisturbed(directory, "--discard-state");
  }

  private static void assertAnswersAsUndisturbed(Path directory, String... options)
      throws Exception {
    try (RealmProcess realm = RealmProcess.up(directory, 2, options)) {
      assertAnswersAsUndisturbed(realm);
    }
  }

  private static void assertAnswersAsUndisturbed(RealmProcess realm) throws IOException {
    awaitPassages(realm, passagesOf(undisturbedDocuments()));
    awaitComplete(realm);
    assertThat(results(realm)).isEqualTo(undisturbed);
  }

  /** Every question read and, with a k beyond the index, every passage that there is. */
  private static Map<String, String> results(RealmProcess realm) throws IOException {
    Map<String, String> results = realm.results(questions);
    realm
        .results(questions, "--kind=retrieve", "--k=1000")
        .forEach((question, result) -> results.put("all passages for " + question, result));
    return results;
  }

  private static int undisturbedDocuments() {
    return DOCUMENTS - DOCUMENTS / 10;
  }

  private static int passagesOf(int documents) {
    return documents; // each is one short passage
  }

  private static void awaitPassages(RealmProcess realm, int count) {
    await("passages")
        .pollInterval(Duration.ofMillis(300)) // each look is work for the machine
        .atMost(Duration.ofMinutes(3))
        .until(() -> status(realm).path("passages").asInt() >= count);
  }

  /** Quiet: the version says that it holds every document, and so do the answers. */
  private static void awaitComplete(RealmProcess realm) {
    await("completeness")
        .atMost(Duration.ofMinutes(1))
        .until(() -> realm.ask("who keeps the light?").contains("\"complete\":true"));
  }

  private static void awaitCheckpointInProgress(Path directory) {
    await("a checkpoint in progress")
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(1))
        .until(() -> hasUnfinishedCheckpoint(directory.resolve("checkpoints")));
  }

  private static boolean hasUnfinishedCheckpoint(Path checkpoints) throws IOException {
    try (Stream<Path> files = Files.walk(checkpoints, 2)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("chk-"))
          .anyMatch(file -> !Files.exists(file.resolve("_metadata")));
    } catch (UncheckedIOException e) {
      return false; // an old checkpoint went away meanwhile
    }
  }

  private static JsonNode status(RealmProcess realm) throws IOException {
    return JSON.readTree(realm.run(0, "status", "--json"));
  }

  /** Every document twice, every tenth deleted at last; the last word decides. */
  private static List<String> edits() {
    List<String> edits = new ArrayList<>();
    for (int revision = 1; revision <= 2; revision++) {
      for (int i = 0; i < DOCUMENTS; i++) {
        edits.add(edit(i, revision));
      }
    }
    for (int i = 0; i < DOCUMENTS; i += 10) {
      DocumentEdit delete = DocumentEdit.deletion("light-" + i, 3L);
      edits.add(new String(Codecs.DOCUMENT_EDIT.encode(delete), StandardCharsets.UTF_8));
    }
    return edits;
  }

  private static String edit(int i, int revision) {
    Random random = new Random(SEED + i + (i % 3 == 0 ? 0 : 1000L * revision));
    String text =
        """
        The lighthouse of %s stands on a cliff %d metres above the sea. It was lit first in %d. \
        Its keeper is %s %s, who also keeps %d goats."""
            .formatted(
                place(i),
                10 + random.nextInt(300),
                1700 + random.nextInt(300),
                name(random),
                name(random),
                2 + random.nextInt(90));
    DocumentEdit edit =
        new DocumentEdit(
            "light-" + i,
            (long) revision,
            EditKind.UPSERT,
            place(i) + " Light",
            text,
            true,
            null,
            Provenance.NONE);
    return new String(Codecs.DOCUMENT_EDIT.encode(edit), StandardCharsets.UTF_8);
  }

  private static List<String> questions() {
    List<String> questions = new ArrayList<>();
    for (int i = 1; i < DOCUMENTS; i += 30) {
      questions.add("{\"question\": \"who keeps the lighthouse of %s?\"}".formatted(place(i)));
      questions.add("{\"question\": \"when was the light of %s lit?\"}".formatted(place(i + 1)));
    }
    return questions;
  }

  private static String place(int i) {
    String[] first = {"Cor", "Tel", "Mar", "Os", "Ven", "Hal", "Bri", "Sul", "Dor", "Kel"};
    String[] middle = {"an", "o", "i", "ew", "ur", "al"};
    String[] last = {"holm", "wick", "ness", "port"};
    return first[i % 10] + middle[i / 10 % 6] + last[i / 60 % 4];
  }

  private static String name(Random random) {
    String[] names = {"Ada", "Bruno", "Clara", "Dmitri", "Elin", "Farid", "Greta", "Hugo", "Ines"};
    return names[random.nextInt(names.length)];
  }

  private static Path write(Path file, List<String> lines) throws IOException {
    return Files.write(file, lines);
  }
}
