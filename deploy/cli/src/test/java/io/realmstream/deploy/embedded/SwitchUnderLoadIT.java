package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From one encoder to another while questions and edits arrive: every answer is whole and of the
 * one version that it names, as a plain loop over that version's vectors finds it.
 */
class SwitchUnderLoadIT {
  private static final int DOCUMENTS = 60;
  private static final int K = 5;
  private static final String QUESTION = "which lighthouse keeper has goats?";
  private static final double TOLERANCE = 1e-9;

  @Test
  void everyAnswerDuringASwitchIsThatOfTheVersionItNames(@TempDir Path directory) throws Exception {
    Path first = write(directory, "first.jsonl", DOCUMENTS, 1);
    Path edits = write(directory, "edits.jsonl", DOCUMENTS / 4, 2);
    List<AnswerResult> answers = new ArrayList<>();
    List<AnswerResult> named;
    try (RealmProcess realm = RealmProcess.up(directory.resolve("realm"), 2)) {
      realm.run(0, "load", first.toString(), "--wait");
      await("the first version's completeness")
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  realm.run(0, "versions").contains("1  ACTIVE")
                      && ask(realm).coverage().complete());
      answers.add(ask(realm));

      realm.run(0, "publish-checkpoint", "bge");
      await("the second version")
          .atMost(Duration.ofMinutes(2))
          .until(() -> realm.run(0, "versions").contains("\n2  "));
      realm.run(0, "load", edits.toString());
      await("the switch")
          .pollInterval(Duration.ofMillis(100))
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> {
                answers.add(ask(realm));
                return version(answers.get(answers.size() - 1)) == 2;
              });
      realm.run(0, "load", edits.toString(), "--wait");
      answers.add(ask(realm));

      named = List.of(ask(realm, 1), ask(realm, 2));
      realm.run(0, "rollback", "1");
      await("the rollback").atMost(Duration.ofMinutes(1)).until(() -> version(ask(realm)) == 1);
      answers.add(ask(realm));
    }
    assertThat(answers).extracting(SwitchUnderLoadIT::version).contains(1, 2);
    assertThat(answers).extracting(AnswerResult::status).containsOnly(AnswerStatus.ANSWERED);
    assertThat(answers).noneMatch(answer -> answer.coverage().partial());
    try (Oracle minilm = new Oracle(DefaultCheckpoints.minilm());
        Oracle bge = new Oracle(DefaultCheckpoints.bge())) {
      for (AnswerResult answer : answers) {
        (version(answer) == 1 ? minilm : bge).check(answer);
      }
      minilm.checkNewest(named.get(0));
      bge.checkNewest(named.get(1));
      minilm.checkNewest(answers.get(answers.size() - 1));
      bge.checkNewest(answers.get(answers.size() - 2));
    }
  }

  /** Scores by a plain loop. */
  private static final class Oracle implements AutoCloseable {
    private final RetrieverCheckpoint checkpoint;
    private final Encoder documents;
    private final Encoder queries;
    private final float[] question;
    private final Map<String, Double> scores = new HashMap<>();

    Oracle(RetrieverCheckpoint checkpoint) throws Exception {
      PartCache parts =
          new PartCache(
              Path.of("target", "models"),
              PartOpener.local(SwitchUnderLoadIT.class.getClassLoader()));
      this.checkpoint = checkpoint;
      documents = Encoder.open(checkpoint.documentTower(), parts);
      queries = Encoder.open(checkpoint.queryTower(), parts);
      question = queries.embedQuery(QUESTION).vector();
    }

    /** Each passage scored in this version, none left out that no edit can have moved. */
    void check(AnswerResult answer) throws Exception {
      Set<String> quoted = new HashSet<>();
      double last = Double.POSITIVE_INFINITY;
      for (Evidence passage : answer.passages()) {
        assertThat(passage.passage().text())
            .isEqualTo(text(passage.passage().document(), passage.passage().revision()));
        double score = score(passage.passage().text());
        assertThat(passage.score()).isCloseTo(score, within(TOLERANCE));
        assertThat(score).isLessThanOrEqualTo(last + TOLERANCE);
        assertThat(quoted.add(passage.passage().document())).isTrue();
        last = score;
      }
      assertThat(quoted).hasSize(K);
      for (int i = DOCUMENTS / 4; i < DOCUMENTS; i++) {
        if (!quoted.contains("light-" + i)) {
          assertThat(score(text("light-" + i, 1))).isLessThanOrEqualTo(last + TOLERANCE);
        }
      }
    }

    /** With all edits answerable there is one possible answer. */
    void checkNewest(AnswerResult answer) throws Exception {
      List<String> all = new ArrayList<>();
      for (int i = 0; i < DOCUMENTS; i++) {
        all.add(text("light-" + i, i < DOCUMENTS / 4 ? 2 : 1));
      }
      Map<String, Double> byText = new HashMap<>();
      for (String text : all) {
        byText.put(text, score(text));
      }
      all.sort(
          Comparator.comparing((String text) -> Objects.requireNonNull(byText.get(text)))
              .reversed());
      assertThat(answer.passages())
          .extracting(evidence -> evidence.passage().text())
          .isEqualTo(all.subList(0, K));
    }

    private double score(String text) throws Exception {
      Double known = scores.get(text);
      if (known == null) {
        float[] vector = documents.embedPassage("", text).vector();
        known = checkpoint.scoreScale() * InnerProduct.of(question, vector);
        scores.put(text, known);
      }
      return known;
    }

    @Override
    public void close() {
      documents.close();
      queries.close();
    }
  }

  private static AnswerResult ask(RealmProcess realm) throws Exception {
    return decode(realm.run(0, "ask", QUESTION, "--kind=retrieve", "--k=" + K, "--json"));
  }

  /** The answer of a version; waits until its models are open. */
  private static AnswerResult ask(RealmProcess realm, int version) {
    List<AnswerResult> answers = new ArrayList<>();
    String named = "--index-version=" + version;
    String k = "--k=" + K;
    await("version " + version)
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                answers.add(
                    decode(realm.run(0, "ask", QUESTION, "--kind=retrieve", k, named, "--json"))));
    assertThat(answers).extracting(SwitchUnderLoadIT::version).containsExactly(version);
    return answers.get(0);
  }

  private static AnswerResult decode(String json) throws Exception {
    return Codecs.ANSWER.decode(json.strip().getBytes(StandardCharsets.UTF_8)).result();
  }

  private static int version(AnswerResult answer) {
    IndexVersion version = answer.version();
    return version == null ? 0 : version.number();
  }

  private static Path write(Path directory, String name, int count, long revision)
      throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "light-" + i;
      DocumentEdit edit =
          new DocumentEdit(
              id, revision, EditKind.UPSERT, "", text(id, revision), true, null, Provenance.NONE);
      lines.add(new String(Codecs.DOCUMENT_EDIT.encode(edit), StandardCharsets.UTF_8));
    }
    return Files.write(directory.resolve(name), lines);
  }

  private static String text(String id, long revision) {
    int i = Integer.parseInt(id.substring("light-".length()));
    return "The lighthouse number %d stands %d metres above the sea and its keeper has %d %s."
        .formatted(
            i, 10 + 7 * i, 2 + (i * 13 + (int) revision * 5) % 40, i % 3 == 0 ? "goats" : "hens");
  }
}
