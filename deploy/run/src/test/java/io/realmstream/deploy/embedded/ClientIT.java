package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.deploy.client.VersionLog;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of the client's README, against a real run. */
class ClientIT {
  @Test
  void anEditIsWatchedUntilItIsAnswerableAndAnswers(@TempDir Path directory) throws Exception {
    RunSettings settings = new RunSettings(directory, 0, 0, null, 1, "minilm", false);
    DocumentEdit edit =
        new DocumentEdit(
            "goats",
            1L,
            EditKind.UPSERT,
            "Ada",
            "Ada keeps eleven goats.",
            false,
            null,
            Provenance.NONE);
    Query query =
        new Query(
            "one",
            "how many goats does Ada keep?",
            QueryKind.OPEN_QA,
            QueryScope.DEFAULT,
            null,
            QueryOptions.DEFAULT);
    List<Outcome> outcomes = new ArrayList<>();
    try (EmbeddedRun run = EmbeddedRun.start(settings, EmbeddedJob::all, line -> {})) {
      Connection connection = Connection.to(run.bootstrapServers());
      try (StatusWatch watch =
              StatusWatch.open(connection, (outcome, status) -> outcomes.add(outcome));
          EditSender<String> sender = new EditSender<>(connection, watch.outstanding())) {
        sender.send("row 1", edit, Codecs.DOCUMENT_EDIT.encode(edit));
        watch.await(0, () -> watch.quiet().toSeconds() < 60);
      }
      assertThat(outcomes).containsExactly(Outcome.ADDED);
      try (AnswerClient client = AnswerClient.open(connection)) {
        assertThat(client.ask(query).json()).contains("\"eleven");
      }
      assertThat(new VersionLog(connection).table().active()).isNotNull();
    }
  }
}
