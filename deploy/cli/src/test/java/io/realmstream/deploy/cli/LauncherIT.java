package io.realmstream.deploy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code deploy/realm}, in a project of its own that is built already, or is not. */
class LauncherIT {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void runsWhereverItStandsAndWhateverTheShellHasSet() throws Exception {
    Path project = project("a project, größer");
    built(project);
    Ended ended = bash(project, "CDPATH=/:. LC_ALL=C deploy/realm --version");
    assertThat(ended.output).matches("realm \\d+\\.\\d+\\.\\d+\\R");
    assertThat(bash(project, "umask 0777; env -u HOME deploy/realm --version").code).isZero();
    assertThat(bash(project, "ln -s deploy/realm link; LANG= ./link --version").code).isZero();
  }

  @Test
  void userWithoutHomeAndEntryHasAFolderOfItsOwn() throws Exception {
    Path project = project("realm");
    built(project);
    Path tools = Files.createDirectory(directory.resolve("bin"));
    // what the real one does where the user has no entry
    Path id =
        Files.writeString(tools.resolve("id"), "#!/bin/sh\n[ $1 = -u ] && echo 4711 || exit 1\n");
    assertThat(id.toFile().setExecutable(true)).isTrue();
    String unknown = "PATH=" + tools + ":$PATH TMPDIR=/t env -u REALM_DIR ";
    assertThat(bash(project, unknown + "-u HOME deploy/realm logs").output)
        .startsWith("realm: no log /t/realm-4711/.realm/logs/realm.log");
    assertThat(bash(project, unknown + "HOME=/h deploy/realm logs").output)
        .startsWith("realm: no log /h/.realm/logs/realm.log");
  }

  @Test
  void folderThatIsNoClassPathIsRefused() throws Exception {
    Path project = project("a:b");
    built(project);
    Ended ended = bash(project, "deploy/realm --version");
    assertThat(ended.output).contains("a:b/deploy has a colon");
    assertThat(ended.code).isEqualTo(ExitCode.FAILED);
    built(project("-x"));
    assertThat(bash(directory, "./-x/deploy/realm --version").code).isZero();
    assertThat(bash(directory, "bash -- -x/deploy/realm --version").code).isZero();
  }

  @Test
  void argumentsAreUtf8WhateverTheLocale() throws Exception {
    Path project = project("realm");
    built(project);
    Ended known = bash(project, "LC_ALL=C deploy/realm größer");
    assertThat(known.code).isEqualTo(ExitCode.USAGE);
    assertThat(known.output).contains("'größer'");
    Ended broken = bash(project, "LC_ALL=C deploy/realm delete $'gr\\xf6\\xdfer'");
    assertThat(broken.code).isEqualTo(ExitCode.USAGE);
    assertThat(broken.output).contains("realm: an argument is not UTF-8: 'gr");
    Files.writeString(project.resolve("größer.jsonl"), "{}");
    Ended file =
        bash(project, "LC_ALL=C deploy/realm load größer.jsonl --bootstrap-servers localhost:1");
    assertThat(file.output).contains("no broker answers"); // so the file is there
    assertThat(file.code).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void leavesNothingBehindWhenItCannotBuild() throws Exception {
    Path project = project("realm");
    Ended absent = bash(project, "JAVA_HOME=/nowhere deploy/realm --version");
    assertThat(absent.code).isEqualTo(ExitCode.FAILED);
    assertThat(absent.output).contains("JAVA_HOME is /nowhere");
    assertThat(project.resolve("deploy/cli/target")).doesNotExist();

    Path tools = Files.createDirectory(directory.resolve("bin"));
    Path mvn = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\nexit 1\n");
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    Ended failed = bash(project, "PATH=" + tools + ":$PATH deploy/realm --version");
    assertThat(failed.code).isEqualTo(ExitCode.FAILED);
    assertThat(failed.output).contains("realm: the build failed");
    try (Stream<Path> left = Files.list(project.resolve("deploy/cli/target"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void outputThatCannotBeWrittenIsAFailureUnlessNobodyReads() throws Exception {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path project = project("realm");
    built(project);
    Ended ended = bash(project, "deploy/realm completion > " + full);
    assertThat(ended.output).matches("realm: the output could not be written: .*\\R");
    assertThat(ended.code).isEqualTo(ExitCode.FAILED);
    Ended unread = bash(project, "set -o pipefail; deploy/realm completion | true");
    assertThat(unread.output).isEmpty();
    assertThat(unread.code).isEqualTo(ExitCode.OK);
  }

  private Path project(String name) throws IOException {
    Path project = directory.resolve(name);
    for (String module :
        List.of(
            "schemas",
            "model",
            "jobs",
            "deploy/process",
            "deploy/client",
            "deploy/door",
            "deploy/wikipedia",
            "deploy/run",
            "deploy/cli")) {
      Files.createDirectories(project.resolve(module));
    }
    Files.createFile(project.resolve("pom.xml"));
    Files.createFile(project.resolve("deploy/pom.xml"));
    Path script = Files.copy(Path.of("..", "realm"), project.resolve("deploy/realm"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return project;
  }

  private static void built(Path project) throws IOException {
    Path target = Files.createDirectories(project.resolve("deploy/cli/target"));
    Files.createSymbolicLink(target.resolve("lib"), Path.of("target/lib").toAbsolutePath());
    Files.createFile(target.resolve("realm.built"));
  }

  private record Ended(int code, String output) {}

  /** Runs a line of bash in the project's folder. */
  private Ended bash(Path project, String line) throws Exception {
    Path script = Files.write(directory.resolve("line"), line.getBytes(UTF_8));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(List.of("bash", script.toString()))
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), new String(Files.readAllBytes(output), UTF_8));
  }
}
