package io.realmstream.deploy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesCommandTest {
  @TempDir private Path directory = Path.of("unset");

  @Test
  void nothingIsFetchedOrWrittenOnceTheFolderIsThere() throws Exception {
    Path folder = directory.resolve("a/models");
    CommandRun run = CommandRun.of("model", "files", folder.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).containsExactly("e5", "minilm", "bge");
    List<String> before = files(folder);
    PartCache parts =
        new PartCache(
            folder,
            uri -> {
              throw new IOException("fetched " + uri);
            });
    for (String name : DefaultCheckpoints.NAMES) {
      fetchAll(parts, DefaultCheckpoints.named(name));
    }
    assertThat(files(folder)).isEqualTo(before).allMatch(file -> file.endsWith("/part"));
  }

  @Test
  void folderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("models"), "a file");
    CommandRun run = CommandRun.of("model", "files", file.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(file.toString());
  }

  private static void fetchAll(PartCache parts, RetrieverCheckpoint checkpoint)
      throws CheckpointException {
    for (EncoderTower tower : List.of(checkpoint.documentTower(), checkpoint.queryTower())) {
      parts.fetch(tower.trunk());
      parts.fetch(tower.tokenizer());
    }
    parts.fetch(checkpoint.reader().model());
    parts.fetch(checkpoint.reader().tokenizer());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }
}
