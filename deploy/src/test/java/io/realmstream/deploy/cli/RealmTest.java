package io.realmstream.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RealmTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsTheExitCodesAndEndsWell() {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Usage: realm").contains("3  unreachable");
  }

  @Test
  void versionIsTheOneOfTheBuild() {
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).matches("realm \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void unknownCommandIsAUsageError() {
    assertThat(run("unheard-of")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("unheard-of");
  }

  @Test
  void argumentThatCouldNotBeDecodedIsAUsageError() {
    assertThat(run("delete", "gr\uFFFDer")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("an argument is not UTF-8: 'gr");
  }

  private int run(String... arguments) {
    return Realm.execute(
        Realm.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)),
        arguments);
  }
}
