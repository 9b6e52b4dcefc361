package io.realmstream.deploy.bench.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.bench.churn.Runbook.Operation;
import io.realmstream.deploy.bench.churn.Runbook.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookTest {
  private static final String HEAD = "{passages: 9, dimension: 4, seed: 1, k: 2, queries: 3, ";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  @Test
  void stepsAreReadWithWhatTheyLeaveOut() throws IOException {
    Runbook runbook =
        read(
            HEAD
                + "steps: [{operation: replace, start: 1, end: 9, rounds: 10}, {operation: crash},"
                + " {operation: search, fresh: true}]}");
    assertThat(runbook.steps())
        .containsExactly(
            new Step(Operation.REPLACE, 1, 9, 10, false),
            new Step(Operation.CRASH, 0, 0, 0, false),
            new Step(Operation.SEARCH, 0, 0, 0, true));
  }

  @Test
  void theRunbookThatShipsCanBeRead() throws IOException {
    assertThat(Runbook.read(Path.of("churn.yaml")).steps())
        .extracting(Step::operation)
        .contains(Operation.values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{operation: insert, start: 3, end: 10}",
        "{operation: insert, start: 3, end: 3}",
        "{operation: delete, start: -1, end: 3}",
        "{operation: search, start: 0, end: 3}",
        "{operation: replace, start: 0, end: 3, rounds: -1}"
      })
  void passagesThatThereAreNotAreRefusedNamingTheStep(String step) {
    assertThatThrownBy(() -> read(HEAD + "steps: [{operation: search}, " + step + "]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "{passages: 9}",
        HEAD + "steps: [{operation: dance}]}",
        HEAD + "steps: [{start: 1, end: 2}]}",
        HEAD + "steps: [], more: 1}",
        "{passages: 0, dimension: 4, seed: 1, k: 2, queries: 3, steps: []}"
      })
  void whatIsNoRunbookIsRefusedNamingTheFile(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runbook.yaml");
  }

  private Runbook read(String text) throws IOException {
    return Runbook.read(Files.writeString(directory.resolve("runbook.yaml"), text));
  }
}
