package io.realmstream.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.json.Codecs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The index is divided into cells while it answers, through the real topic, and restored so. */
class DividedIndexIT {
  private static final int DOCUMENTS = 120;
  private static final int K = 10;

  @Test
  void answersStayExactWhileTheIndexIsDividedAndAfterARestart(@TempDir Path directory)
      throws Exception {
    Path documents = write(directory, "documents.jsonl", DOCUMENTS, 1);
    Path edits = write(directory, "edits.jsonl", 10, 2);
    List<AnswerResult> exact = new ArrayList<>();
    String digest;
    try (EmbeddedRun run = start(directory)) {
      run.announce();
      realm(directory, "load", documents.toString(), "--wait");
      exact.add(ask(directory, "--exact"));
      await("the partition")
          .pollInterval(Duration.ofMillis(200))
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                exact.add(ask(directory, "--exact"));
                return !partition(exact.get(exact.size() - 1)).startsWith("flat");
              });
      exact.add(ask(directory, "--exact"));
      digest = partition(exact.get(exact.size() - 1));
    }
    assertThat(exact)
        .allMatch(result -> result.coverage().exact())
        .noneMatch(result -> result.coverage().partial());
    assertThat(exact)
        .allSatisfy(answer -> assertThat(found(answer)).isEqualTo(found(exact.get(0))));
    try (EmbeddedRun run = start(directory)) {
      run.announce();
      assertThat(found(ask(directory, "--exact"))).isEqualTo(found(exact.get(0)));
      AnswerResult one = ask(directory, "--nprobe=1");
      assertThat(partition(one)).isEqualTo(digest).hasSize(32);
      assertThat(one.coverage().exact()).isFalse();
      assertThat(one.coverage().partial()).isFalse();
      assertThat(one.coverage().cellsProbed()).isEqualTo(1);
      assertThat(found(ask(directory, "--exact"))).containsAll(found(one).subList(0, 1));

      realm(directory, "load", edits.toString(), "--wait");
      AnswerResult edited = ask(directory, "--exact");
      assertThat(edited.coverage().exact()).isTrue();
      assertThat(found(edited)).isNotEqualTo(found(exact.get(0)));
      assertThat(found(ask(directory, "--nprobe=1000"))).isEqualTo(found(edited));
    }
  }

  private static EmbeddedRun start(Path directory) throws Exception {
    return EmbeddedRun.start(
        new RunSettings(directory.resolve("realm"), 0, 0, null, 2, "minilm", false),
        settings -> {
          Configuration low = new Configuration(settings);
          low.set(RealmOptions.PARTITION_PASSAGES_MIN, 100L);
          low.set(RealmOptions.PARTITION_RETIRE_DELAY, Duration.ofSeconds(1));
          return EmbeddedJob.all(low);
        },
        line -> {});
  }

  private static AnswerResult ask(Path directory, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("ask", "which lighthouse keeper has goats?"));
    arguments.addAll(List.of("--kind=retrieve", "--k=" + K, "--json", "--timeout=60"));
    arguments.addAll(List.of(options));
    String json = realm(directory, arguments.toArray(String[]::new));
    return Codecs.ANSWER.decode(json.strip().getBytes(StandardCharsets.UTF_8)).result();
  }

  private static String realm(Path directory, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine realm =
        Realm.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--dir=" + directory.resolve("realm"));
    assertThat(realm.execute(all.toArray(String[]::new))).as(err.toString()).isZero();
    return out.toString();
  }

  private static String partition(AnswerResult answer) {
    return Objects.requireNonNull(answer.version()).partition();
  }

  private static List<String> found(AnswerResult answer) {
    return answer.passages().stream()
        .map((Evidence passage) -> passage.uid() + " " + passage.score())
        .toList();
  }

  private static Path write(Path directory, String name, int count, long revision)
      throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text =
          "The lighthouse number %d stands %d metres above the sea; its keeper has %d %s."
              .formatted(
                  i,
                  10 + 7 * i,
                  2 + (i * 13 + (int) revision * 5) % 40,
                  i % 2 == 0 ? "goats" : "hens");
      DocumentEdit edit =
          new DocumentEdit(
              "light-" + i, revision, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
      lines.add(new String(Codecs.DOCUMENT_EDIT.encode(edit), StandardCharsets.UTF_8));
    }
    return Files.write(directory.resolve(name), lines);
  }
}
