package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.KafkaOptions;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.input.LineFile;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.schemas.answer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm ask}: questions to the knowledge base. */
@Command(
    name = "ask",
    description = {
      "Ask the knowledge base.",
      "Prints the answer with its probability, other answers, the probability that there is none,"
          + " and the passages that it was read from, each with its own probability p(z|x) and its"
          + " share of the answer p(z|y,x). Without a question it asks for one after the other.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 5: there is no answer, no passage, or no index yet. 3: nobody reads the queries.",
      "",
      "Example: realm ask --file questions.jsonl --out answers.jsonl"
    })
public final class AskCommand implements Callable<Integer> {
  private static final long TIMEOUT_SECONDS = 10;

  /** Questions of a file wait behind each other. */
  private static final long FILE_TIMEOUT_SECONDS = 60;

  @Mixin private final KafkaOptions kafka = new KafkaOptions();
  @Mixin private final QueryOptionGroup query = new QueryOptionGroup();
  @Mixin private final Streams streams = new Streams();

  @Parameters(arity = "0..1", paramLabel = "QUESTION", description = "The question.")
  private @Nullable String question;

  @Option(
      names = "--json",
      description = "Print each answer as one line of JSON, as it came from the topic.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "The queries' deadline (default: 10; with --file 60).")
  @Range(min = 1, max = Range.SECONDS_MAX)
  private @Nullable Long timeoutSeconds;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Ask every row {question, ...} of a file of JSON lines (.gz and .bz2 as well; - = stdin)"
              + " and write each row, all its fields kept, with the field answer: what came from"
              + " the topic; null if nothing came.")
  private @Nullable Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where --file's rows go, in its order. Default: standard output.")
  private @Nullable Path out;

  @Option(
      names = "--in-flight",
      paramLabel = "COUNT",
      defaultValue = "16",
      description = "How many questions of --file wait at once (default: ${DEFAULT-VALUE}).")
  @Range(min = 1, max = 10_000)
  private int inFlight = 16;

  @Override
  public Integer call() throws IOException {
    if (file != null && question != null) {
      throw CommandFailure.usage("give either a question or --file");
    }
    if (file != null) {
      return askFile(file);
    }
    try (AnswerClient client = AnswerClient.open(kafka.connect())) {
      return question == null ? prompt(client) : print(ask(client, question));
    }
  }

  private ReceivedAnswer ask(AnswerClient client, String text) {
    return client.ask(query.query(text, Instant.now().plus(timeout(TIMEOUT_SECONDS))));
  }

  private int askFile(Path questions) throws IOException {
    boolean standard = questions.toString().equals("-");
    if (!standard && (!Files.isReadable(questions) || Files.isDirectory(questions))) {
      throw CommandFailure.usage(
          "cannot read " + questions + (Files.isDirectory(questions) ? ": it is a folder" : ""));
    }
    try (QuestionRows rows =
        standard ? QuestionRows.of(streams.in()) : QuestionRows.open(questions)) {
      if (out == null) {
        return askRows(rows, row -> row.print(streams.out()));
      }
      Path answers = out;
      try (Writer writer = writer(answers, questions)) {
        return askRows(rows, row -> row.write(writer, answers));
      }
    }
  }

  private int askRows(QuestionRows rows, Consumer<AnsweredRow> answers) throws IOException {
    try (AnswerClient client = AnswerClient.open(kafka.connect());
        Progress progress = Progress.on(streams, "ask", "questions")) {
      AskFile run = new AskFile(client, query::query, timeout(FILE_TIMEOUT_SECONDS));
      return run.run(rows, inFlight, answers, progress);
    }
  }

  /** Known before anything is asked: what cannot be written. */
  private static Writer writer(Path out, Path questions) throws IOException {
    if (Files.exists(out) && Files.exists(questions) && Files.isSameFile(out, questions)) {
      throw CommandFailure.usage("--out is the file of the questions: " + out);
    }
    try {
      return Files.newBufferedWriter(out, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot write --out " + out + ": " + LineFile.reason(out.toString(), e));
    }
  }

  /** Ends with the input; a question that fails does not end it. */
  private int prompt(AnswerClient client) throws IOException {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    showPrompt();
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      if (!line.isBlank()) {
        try {
          print(ask(client, line.strip()));
        } catch (ClientException failure) {
          streams.err().println(Excerpt.message(String.valueOf(failure.getMessage())));
        }
      }
      showPrompt();
    }
    return ExitCode.OK;
  }

  private void showPrompt() {
    if (streams.onTerminal()) {
      streams.err().print("realm> ");
      streams.err().flush();
    }
  }

  private int print(ReceivedAnswer received) {
    Answer answer = received.answer();
    streams.out().println(json ? received.json() : AnswerPage.of(answer, Instant.now()));
    return AnswerExit.code(answer.result().status());
  }

  private Duration timeout(long otherwiseSeconds) {
    return Duration.ofSeconds(timeoutSeconds == null ? otherwiseSeconds : timeoutSeconds);
  }
}
