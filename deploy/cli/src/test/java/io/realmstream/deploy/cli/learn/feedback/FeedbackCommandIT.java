package io.realmstream.deploy.cli.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.learning.Feedback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackCommandIT {

  @Test
  void goodRowsAreSentAndBadOnesAreSaid(@TempDir Path folder) throws Exception {
    Path file =
        Files.write(
            folder.resolve("questions.jsonl"),
            List.of(
                "{\"id\":\"q1\",\"question\":\"who?\",\"answers\":[\"a\"],\"passage\":[\"d\",\"e\"]}",
                "{\"question\":\"where?\",\"passage\":\"d\"}",
                "{\"question\":\"no document?\",\"answers\":[\"a\"]}",
                "{\"id\":\"%s\",\"question\":\"long?\",\"passage\":\"d\"}"
                    .formatted("i".repeat(513)),
                "{\"question\":"));
    try (TestBroker broker = TestBroker.start(folder.resolve("kafka"))) {
      Connection connection = broker.topics("feedback");
      CommandRun run = broker.run("feedback", "feedback", file.toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).contains("sent 2, failed 3");
      assertThat(run.err()).contains("question 3: passage: is missing", "question 4: ");

      List<Feedback> sent = sent(connection);
      assertThat(sent)
          .contains(new Feedback("q1", "who?", List.of("a"), List.of("d", "e")))
          .hasSize(2);

      // the same rows have the same ids
      broker.run("feedback", "feedback", file.toString());
      assertThat(sent(connection).stream().map(Feedback::id).distinct()).hasSize(2);
    }
  }

  private static List<Feedback> sent(Connection connection) {
    List<Feedback> sent = new ArrayList<>();
    TopicReplay.forEach(connection, connection.topics().feedback(), Codecs.FEEDBACK, sent::add);
    return sent;
  }
}
