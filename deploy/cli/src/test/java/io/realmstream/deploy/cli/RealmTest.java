package io.realmstream.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
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
    assertThat(out.toString()).matches("realm \\d+\\.\\d+\\.\\d+\\R");
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

  @Test
  void resultsThatCannotBeWrittenAreAFailureInOneLine() {
    assertThat(
            Realm.execute(
                Realm.commandLine(), new Broken("No space left on device"), err, "--help"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(err.toString().lines())
        .containsExactly("realm: the output could not be written: No space left on device");
  }

  @Test
  void resultsThatNobodyReadsAreNoFailure() {
    assertThat(Realm.execute(Realm.commandLine(), new Broken("Broken pipe"), err, "--help"))
        .isEqualTo(ExitCode.OK);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void argumentsAreQuotedWithEscapes() {
    assertThat(run("show", "a", "--flag\033]52;c;cm0=\007")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--flag\\u001b]52;c;cm0=\\u0007");
  }

  @Test
  void groupOfCommandsAloneShowsWhichThereAre() {
    assertThat(run("topics")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("realm: Missing required subcommand").contains("create");
    assertThat(run("versionz")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("did you mean").contains("versions");
  }

  private static final class Broken extends Writer {
    private final String reason;

    Broken(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(char[] characters, int start, int length) throws IOException {
      throw new IOException(reason);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private int run(String... arguments) {
    return Realm.execute(Realm.commandLine(), out, err, arguments);
  }
}
