package io.realmstream.deploy.cli.learn.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.gate.JudgedQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** With a document that judges, two that teach and one without a passage behind them. */
class LearningDataTest {
  private static final String JUDGES = id(true, 0);
  private static final String TEACHES = id(false, 0);
  private static final String ALSO_TEACHES = id(false, 1);

  private final Path folder;
  private final Path questions;

  LearningDataTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.questions = folder.resolve("questions.jsonl");
    Files.write(
        folder.resolve("documents.jsonl"),
        List.of(
            document(TEACHES, "The harbour of Aldby was built of stone."),
            document(ALSO_TEACHES, "The mayor of Brent was born in the year 1901."),
            document(JUDGES, "The bridge at Corse carries the railway."),
            document("empty", " ")));
  }

  @Command
  private static final class Host implements Runnable {
    @Mixin private final Streams streams = new Streams();
    @Mixin private final CorpusOptions corpus = new CorpusOptions();
    @Mixin private final JudgeOptions judge = new JudgeOptions();

    @Override
    public void run() {}
  }

  @Test
  void questionWithOneDocumentThatIsHeldOutDoesNotTeach() throws Exception {
    ask(TEACHES + "\", \"" + ALSO_TEACHES, JUDGES, TEACHES + "\", \"" + JUDGES);
    try (LearningData data = open()) {
      assertThat(data.feedback(questions, 10))
          .singleElement()
          .satisfies(pair -> assertThat(pair.passages()).containsExactly(0, 1));
    }
  }

  @Test
  void questionThatWasLearnedFromByOneOfItsDocumentsDoesNotJudge() throws Exception {
    ask(JUDGES, JUDGES + "\", \"" + TEACHES);
    try (LearningData data = open()) {
      JudgedFile file = data.judged(questions);
      int[] ranks = {1, 1};
      assertThat(file.compared(ranks, ranks)).hasSize(2);
      assertThat(file.compared(ranks, ranks, HeldOut::contains))
          .containsExactly(new JudgedQuestion(JUDGES, 1, 1));
    }
  }

  @Test
  void documentWithoutAPassageIsNotAccepted() throws Exception {
    ask("empty\", \"" + TEACHES, "empty");
    try (LearningData data = open()) {
      JudgedFile file = data.judged(questions);
      assertThat(file.accepted()).containsExactly(new int[] {0});
    }
  }

  private void ask(String... passages) throws IOException {
    Files.write(
        questions,
        IntStream.range(0, passages.length)
            .mapToObj(
                i ->
                    "{\"question\": \"what is %d\", \"passage\": [\"%s\"]}"
                        .formatted(i, passages[i]))
            .toList());
  }

  private LearningData open() throws IOException, InterruptedException {
    Host host = new Host();
    new CommandLine(host)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            "--checkpoint",
            "minilm",
            "--documents",
            folder.resolve("documents.jsonl").toString(),
            "--questions",
            questions.toString(),
            "--trunks",
            folder.resolve("trunks").toString());
    return new LearningData(host.corpus, host.judge.checkpoint(), host.streams);
  }

  private static String document(String id, String text) {
    return "{\"id\": \"%s\", \"text\": \"%s\"}".formatted(id, text);
  }

  private static String id(boolean judges, int place) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "d" + i)
        .filter(each -> HeldOut.contains(each) == judges)
        .skip(place)
        .findFirst()
        .orElseThrow();
  }
}
