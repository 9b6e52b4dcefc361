package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Competition;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Questions that name the passages that compete, and answers that they want scored. */
@Timeout(900)
class NamedPassagesIT {
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "ada", "Ada keeps eleven goats.",
          "ben", "Ben keeps four goats.",
          "cleo", "Cleo keeps four goats and a dog.");
  private static final String QUESTION = "how many goats are kept?";

  @Test
  void onlyTheNamedPassagesAnswerAndSayHowProbableTheReferencesAre(@TempDir Path directory)
      throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {})) {
      Connection connection = Connection.to(run.bootstrapServers());
      DOCUMENTS.forEach((id, text) -> edit(connection, id, text));
      try (AnswerClient client = AnswerClient.open(connection)) {
        await("the documents")
            .atMost(Duration.ofMinutes(5))
            .until(() -> retrieve(client).passages().size() == DOCUMENTS.size());
        Map<String, String> uids =
            retrieve(client).passages().stream()
                .collect(Collectors.toMap(z -> z.passage().document(), Evidence::uid));

        AnswerResult all = ask(client, QueryOptions.DEFAULT.withReferences(List.of("four")));
        assertThat(all.passages()).hasSize(3);
        assertIsTheAnswersOwn(all);

        Competition two = Competition.among(List.of(uids.get("ben"), uids.get("cleo")));
        AnswerResult named =
            ask(client, QueryOptions.DEFAULT.with(two).withReferences(List.of("FOUR!", "the")));
        assertThat(named.passages())
            .extracting(z -> z.passage().document())
            .containsExactlyInAnyOrder("ben", "cleo");
        assertThat(named.coverage().exact()).isTrue();
        assertThat(Objects.requireNonNull(named.read().answer()).text()).isEqualTo("four");
        assertIsTheAnswersOwn(named);

        Competition gone = Competition.among(List.of("00000000000000000000000000000001"));
        assertThat(ask(client, QueryOptions.DEFAULT.with(gone)).status())
            .isEqualTo(AnswerStatus.NO_CANDIDATES);
      }
    }
  }

  /** "four" is the answer or a runner-up; as a reference it has the same probability. */
  private static void assertIsTheAnswersOwn(AnswerResult result) {
    double probability =
        Stream.concat(Stream.ofNullable(result.read().answer()), result.read().runnersUp().stream())
            .filter(candidate -> candidate.text().equals("four"))
            .findFirst()
            .orElseThrow()
            .probability();
    ReferenceScore score = Objects.requireNonNull(result.read().reference());
    assertThat(score.logProbability()).isEqualTo(Math.log(probability), within(1e-9));
    double sum = 0;
    double posteriors = 0;
    for (Evidence z : result.passages()) {
      ReferenceScore passage = Objects.requireNonNull(z.read().reference());
      double likelihood = passage.logProbability() == null ? 0 : Math.exp(passage.logProbability());
      sum += z.probability() * likelihood;
      posteriors += Objects.requireNonNull(passage.posterior());
      assertThat(z.wasRead()).isTrue();
    }
    assertThat(sum).isEqualTo(probability, within(1e-9));
    assertThat(posteriors).isEqualTo(1, within(1e-9));
  }

  private static AnswerResult retrieve(AnswerClient client) {
    return ask(client, QueryKind.RETRIEVE, QueryOptions.DEFAULT);
  }

  private static AnswerResult ask(AnswerClient client, QueryOptions options) {
    return ask(client, QueryKind.OPEN_QA, options);
  }

  private static AnswerResult ask(AnswerClient client, QueryKind kind, QueryOptions options) {
    String id = UUID.randomUUID().toString();
    return client
        .ask(new Query(id, QUESTION, kind, QueryScope.DEFAULT, null, options))
        .answer()
        .result();
  }

  private static void edit(Connection connection, String id, String text) {
    DocumentEdit edit =
        new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, false, null, Provenance.NONE);
    connection.send(connection.topics().documents(), id, Codecs.DOCUMENT_EDIT.encode(edit));
  }
}
