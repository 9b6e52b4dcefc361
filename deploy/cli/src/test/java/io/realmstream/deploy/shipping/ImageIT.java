package io.realmstream.deploy.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.RealmVersion;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import io.realmstream.deploy.monitoring.MonitoringFiles;
import io.realmstream.deploy.shipping.Dockerfile.Instruction;
import io.realmstream.deploy.shipping.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile takes from the build, and what it runs, without Docker. */
class ImageIT {
  private static final String LIB = "/opt/realm/lib";

  private final Dockerfile file;

  ImageIT() throws IOException {
    file = Dockerfile.read();
  }

  @Test
  void libOfFlinkGetsEveryJobOnceAndNothingThatFlinkHas() throws Exception {
    List<Path> jars = new ArrayList<>();
    for (Instruction copy : file.stage("jobs").all("COPY")) {
      if (copy.rest().endsWith(" /opt/flink/lib/")) {
        jars.addAll(sources(copy));
      }
    }
    for (RealmJob job : RealmJob.values()) {
      String entry = job.entryClass().replace('.', '/') + ".class";
      assertThat(jars.stream().filter(jar -> has(jar, entry))).as(entry).hasSize(1);
    }
    assertThat(jars).noneMatch(jar -> has(jar, "org/apache/flink/api/common/JobID.class"));
    assertThat(jars).noneMatch(jar -> has(jar, "org/apache/logging/log4j/core/Logger.class"));
    assertThat(jars).noneMatch(jar -> jar.toString().endsWith("-tests.jar"));
  }

  @Test
  void everyFileThatIsCopiedIsThere() throws Exception {
    for (Stage stage : file.stages()) {
      for (Instruction copy : stage.all("COPY")) {
        if (!copy.rest().startsWith("--from")) {
          assertThat(sources(copy)).as(copy.rest()).isNotEmpty();
        }
      }
    }
  }

  /** On the class path that the image has, and no other. */
  @Test
  void entrypointIsTheRealmCommand() throws Exception {
    List<String> words = new ArrayList<>(file.stage("command").all("ENTRYPOINT").get(0).words());
    words.add("--version");
    assertThat(run(words)).isEqualTo("realm " + RealmVersion.number() + "\n");
  }

  @Test
  void modelsOfTheImageAreWrittenByDigest(@TempDir Path directory) throws Exception {
    List<String> words = new ArrayList<>(file.stage("models").all("RUN").get(0).words());
    words.set(words.size() - 1, directory.toString());
    assertThat(run(words)).isEqualTo("e5\nminilm\nbge\n");
    try (Stream<Path> folders = Files.list(directory)) {
      assertThat(folders).isNotEmpty().allMatch(folder -> Files.exists(folder.resolve("part")));
    }
  }

  private static List<Path> sources(Instruction copy) throws IOException {
    Path source = MonitoringFiles.root().resolve(copy.rest().split(" ", 2)[0]);
    if (Files.isRegularFile(source)) {
      return List.of(source);
    }
    try (Stream<Path> files = Files.list(source)) {
      return files.filter(each -> each.toString().endsWith(".jar")).toList();
    }
  }

  private static boolean has(Path jar, String entry) {
    try (JarFile opened = new JarFile(jar.toFile())) {
      return opened.getEntry(entry) != null;
    } catch (IOException e) {
      throw new AssertionError(jar.toString(), e);
    }
  }

  private static String run(List<String> words) throws Exception {
    Path lib = ShippedFiles.deploy("cli/target/lib");
    List<String> command = words.stream().map(word -> word.replace(LIB, lib.toString())).toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    return said;
  }
}
