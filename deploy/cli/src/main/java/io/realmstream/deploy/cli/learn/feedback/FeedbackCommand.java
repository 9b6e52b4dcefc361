package io.realmstream.deploy.cli.learn.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.ask.QuestionRows;
import io.realmstream.deploy.cli.console.Page;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.learning.Feedback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm feedback}: says which documents hold the answers of questions. */
@Command(
    name = "feedback",
    description = {
      "Say which documents hold the answers of questions.",
      "RetrieverLearner judges by these questions what it has learned. A later row of the same id"
          + " takes the place of an earlier one. Bad rows are reported with their place, counted"
          + " as failed and left out.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Rows are those of `realm evaluate`: {question, answers, passage}, where passage is the id of",
      "a document or a list of ids. A row without an id gets a digest of its question.",
      "",
      "Example: realm feedback questions.jsonl"
    })
public final class FeedbackCommand implements Callable<Integer> {
  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final Streams streams = new Streams();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "JSON lines, plain, .gz or .bz2; - for standard input.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--withdraw", description = "Withdraw what was said under the ids of these rows.")
  private boolean withdraw;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  @Override
  public Integer call() throws IOException {
    Connection connection = kafka.connect();
    connection.require(connection.topics().feedback());
    try (KafkaProducer<byte[], byte[]> producer = connection.producer()) {
      for (Path file : files) {
        send(QuestionFile.read(file, streams), producer, connection.topics().feedback());
      }
    }
    streams.out().println(Page.format("sent %,d, failed %,d", sent.get(), failed.get()));
    return failed.get() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void send(QuestionFile file, KafkaProducer<byte[], byte[]> producer, String topic)
      throws IOException {
    try (QuestionRows rows = QuestionRows.withAnswers(file.name(), file.bytes())) {
      int number = 0;
      for (QuestionRows.Row row = rows.next(); row != null; row = rows.next()) {
        number++;
        try {
          Feedback feedback = feedback(GoldQuestion.of(row));
          var unused =
              producer.send(
                  new ProducerRecord<>(topic, feedback.id().getBytes(UTF_8), value(feedback)),
                  (metadata, failure) -> count(failure));
        } catch (BadRecordException e) {
          failed.incrementAndGet();
          streams
              .err()
              .println("%s: question %d: %s".formatted(file.name(), number, e.getMessage()));
        }
      }
    }
  }

  /** Refused here as the learner would refuse it. */
  private static Feedback feedback(GoldQuestion question) throws BadRecordException {
    if (question.passages().isEmpty()) {
      throw new BadRecordException("passage: is missing, so nothing can be judged by it");
    }
    List<String> answers = question.answers() == null ? List.of() : question.answers();
    try {
      Feedback feedback =
          new Feedback(question.id(), question.question(), answers, question.passages());
      return Codecs.FEEDBACK.decode(Codecs.FEEDBACK.encode(feedback));
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(String.valueOf(e.getMessage()));
    }
  }

  private byte @Nullable [] value(Feedback feedback) {
    return withdraw ? null : Codecs.FEEDBACK.encode(feedback);
  }

  private void count(@Nullable Exception failure) {
    if (failure == null) {
      sent.incrementAndGet();
    } else {
      failed.incrementAndGet();
      streams.err().println("sending failed: " + failure.getMessage());
    }
  }
}
