package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.bert.BertConversion;
import io.realmstream.deploy.cli.bert.BertForm;
import io.realmstream.deploy.cli.bert.TinyBert;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedAnswer;
import io.realmstream.model.masked.MaskedLm;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import io.realmstream.schemas.version.MaskedReaderPart;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Masked questions to a run whose reader of masks is a converted BERT of random weights. */
@Timeout(900)
class MaskedQuestionsIT {
  private static final String SENTENCE = "a b [MASK] d";

  private final Path directory;

  MaskedQuestionsIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void masksAreAnsweredOnceAReaderIsPublished() throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    MaskedReaderPart part = convertedBert();
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {})) {
      Connection connection = Connection.to(run.bootstrapServers());
      try (AnswerClient client = AnswerClient.open(connection)) {
        edit(connection, "letters", "A b c d e f.");
        await("the edit")
            .atMost(Duration.ofMinutes(5))
            .until(() -> !ask(client, QueryKind.RETRIEVE, "letters").passages().isEmpty());
        AnswerResult without = ask(client, QueryKind.MASKED_LM, SENTENCE);
        assertThat(without.status()).isEqualTo(AnswerStatus.INVALID);
        assertThat(without.reason()).contains("realm model install bert-base-mlm");

        publish(connection, DefaultCheckpoints.minilm().with(part));
        await("the reader of masks")
            .atMost(Duration.ofMinutes(5))
            .until(
                () -> ask(client, QueryKind.MASKED_LM, SENTENCE).status() == AnswerStatus.ANSWERED);
        assertIsThatOfThePassages(ask(client, QueryKind.MASKED_LM, SENTENCE), part);
        assertEvaluated(run.bootstrapServers());
      }
    }
  }

  /** As computed from the passages that it quotes, outside of the jobs. */
  private void assertIsThatOfThePassages(AnswerResult answer, MaskedReaderPart part)
      throws Exception {
    assertThat(answer.passages()).hasSize(2); // the document and the null document
    List<Candidate> candidates = new ArrayList<>();
    List<MaskReading> readings = new ArrayList<>();
    PartCache cache =
        new PartCache(directory.resolve("cache"), PartOpener.local(getClass().getClassLoader()));
    try (MaskedReader reader = MaskedReader.open(part, cache)) {
      var question = reader.question(SENTENCE);
      for (Evidence passage : answer.passages()) {
        if (passage.uid().isEmpty()) {
          candidates.add(Candidate.nullDocument(passage.score()));
          readings.add(reader.read(question));
        } else {
          Hash128 uid = Hash128.parse(passage.uid());
          String text = passage.passage().text();
          candidates.add(new Candidate(uid, uid, passage.score(), text, null));
          readings.add(reader.read(question, passage.passage().title(), text));
        }
      }
      MaskedAnswer expected = MaskedLm.answer(candidates, readings, 5);
      var best = expected.sequences().get(0);
      var said = Objects.requireNonNull(answer.read().answer());
      assertThat(said.text()).isEqualTo(reader.text(best.ids()));
      assertThat(said.probability()).isEqualTo(best.probability(), within(1e-6));
      assertThat(Objects.requireNonNull(answer.version()).reader())
          .isEqualTo(TowerDigest.of(part).toString());
    }
  }

  /** The second row has two words for one mask, and is refused. */
  private void assertEvaluated(String servers) throws Exception {
    Path rows =
        Files.write(
            directory.resolve("masks.jsonl"),
            List.of(
                "{\"question\": \"" + SENTENCE + "\", \"answers\": [\"c\"]}",
                "{\"question\": \"" + SENTENCE + "\", \"answers\": [\"c d\"]}"));
    CommandRun run =
        CommandRun.of(
            "evaluate",
            rows.toString(),
            "--kind",
            "masked_lm",
            "--json",
            "--bootstrap-servers",
            servers);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode report = new JsonMapper().readTree(run.out());
    assertThat(report.path("invalid").intValue()).isEqualTo(1);
    assertThat(report.at("/withPassages/sentences").intValue()).isEqualTo(1);
    assertThat(report.at("/alone/sentences").intValue()).isEqualTo(1);
    double gain =
        report.at("/alone/negativeLogLikelihood").doubleValue()
            - report.at("/withPassages/negativeLogLikelihood").doubleValue();
    double utility = report.at("/utility/0/mean").doubleValue();
    assertThat(Math.signum(gain))
        .as("a mixture with what helps is better")
        .isEqualTo(Math.signum(utility));
  }

  private MaskedReaderPart convertedBert() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("reader")); // in the run's own folder
    BertConversion.convert(new TinyBert().jar(folder, false), BertForm.FLOAT32, folder);
    return new MaskedReaderPart(
        part(BertConversion.MODEL),
        part(BertConversion.TOKENIZER),
        TitleForm.SEGMENT,
        8,
        3,
        TinyBert.POSITIONS);
  }

  private Part part(String name) throws Exception {
    Path file = directory.resolve("reader").resolve(name);
    return new Part(file.toUri().toString(), RealmTopics.sha256(Files.readAllBytes(file)));
  }

  private static void edit(Connection connection, String id, String text) {
    DocumentEdit edit =
        new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, false, null, Provenance.NONE);
    connection.send(connection.topics().documents(), id, Codecs.DOCUMENT_EDIT.encode(edit));
  }

  private static void publish(Connection connection, RetrieverCheckpoint checkpoint) {
    connection.send(
        connection.topics().retrieverCheckpoints(),
        checkpoint.retriever(),
        Codecs.RETRIEVER_CHECKPOINT.encode(checkpoint));
  }

  private static AnswerResult ask(AnswerClient client, QueryKind kind, String text)
      throws Exception {
    Query query =
        new Query(
            UUID.randomUUID().toString(),
            text,
            kind,
            QueryScope.DEFAULT,
            Instant.now().plusSeconds(60),
            QueryOptions.DEFAULT.with(Reading.ALL));
    return Codecs.ANSWER.decode(client.ask(query).json().getBytes(StandardCharsets.UTF_8)).result();
  }
}
