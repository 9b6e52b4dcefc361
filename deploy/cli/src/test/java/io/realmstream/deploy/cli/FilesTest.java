package io.realmstream.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be used are told in a line with their name, before a broker is asked. */
class FilesTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void folderInPlaceOfAFile() {
    String folder = directory.toString();
    assertOneLine(ExitCode.USAGE, folder, "ask", "--file", folder);
    assertOneLine(ExitCode.USAGE, folder, "evaluate", folder);
    assertOneLine(ExitCode.USAGE, folder, "publish-checkpoint", folder);
    assertOneLine(ExitCode.USAGE, folder, "show", "a", "--kafka-config", folder);
    assertOneLine(ExitCode.FAILED, "realm.log", "logs", "--dir", folder);
  }

  @Test
  void outThatCannotBeWritten() throws Exception {
    String questions =
        Files.writeString(
                directory.resolve("q.jsonl"), "{\"question\":\"why\",\"answers\":[\"so\"]}\n")
            .toString();
    String absent = directory.resolve("absent/a.jsonl").toString();
    assertOneLine(
        ExitCode.FAILED, "cannot write --out " + absent + ": no such file", ask(questions, absent));
    String folder = directory.toString();
    assertOneLine(ExitCode.FAILED, "cannot write --out " + folder + ": ", ask(questions, folder));
    assertOneLine(ExitCode.USAGE, "--out is the file of the questions", ask(questions, questions));
    assertOneLine(
        ExitCode.FAILED,
        "cannot write --out " + questions + ": ",
        "evaluate",
        questions,
        "--out",
        questions);
  }

  @Test
  void questionsOrManifestOfACalibrationThatCannotBe() throws Exception {
    String questions =
        Files.writeString(directory.resolve("q.jsonl"), "{\"question\":\"a\",\"answers\":[]}\n")
            .toString();
    String folder = directory.toString();
    assertOneLine(ExitCode.USAGE, "cannot read " + folder, "calibrate", folder);
    assertOneLine(ExitCode.FAILED, "cannot write --out " + folder, calibrate(questions, folder));
    assertOneLine(
        ExitCode.USAGE, "--out is the file of the questions", calibrate(questions, questions));
  }

  private static String[] calibrate(String questions, String out) {
    return new String[] {"calibrate", questions, "--out", out};
  }

  @Test
  void compressedQuestionsThatAreNot() throws Exception {
    Path file = Files.writeString(directory.resolve("q.jsonl.gz"), "{\"question\":\"why\"}\n");
    String line = file + ": not compressed with gzip";
    assertOneLine(ExitCode.FAILED, line, "ask", "--file", file.toString());
    assertOneLine(ExitCode.FAILED, line, "evaluate", file.toString());
  }

  /** Its first row is bad, which only who has read it knows. */
  @Test
  void questionsOfAPipe() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process writer = new ProcessBuilder("sh", "-c", "echo '{}' > " + pipe).start();
    assertOneLine(ExitCode.FAILED, pipe + ":1: question: missing", "evaluate", pipe.toString());
    assertThat(writer.waitFor()).isZero();
  }

  @Test
  void settingsThatKafkaRefuses() throws Exception {
    Path config = Files.writeString(directory.resolve("k"), "bootstrap.servers=localhost\n");
    assertOneLine(ExitCode.USAGE, "localhost", "show", "a", "--kafka-config", config.toString());
    Files.writeString(config, "security.protocol=SSLX\n");
    assertOneLine(ExitCode.USAGE, "SSLX", "show", "a", "--kafka-config", config.toString());
  }

  private static String[] ask(String questions, String out) {
    return new String[] {"ask", "--file", questions, "--out", out};
  }

  private static void assertOneLine(int exitCode, String words, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err().lines()).singleElement().asString().startsWith("realm: ").contains(words);
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }
}
