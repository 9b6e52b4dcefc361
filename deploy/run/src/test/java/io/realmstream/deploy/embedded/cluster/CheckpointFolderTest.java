package io.realmstream.deploy.embedded.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @Test
  void completeCheckpointsComeNewestFirstByNumber(@TempDir Path directory) throws Exception {
    complete(directory, "chk-9", "");
    complete(directory, "chk-10", "");
    Files.createDirectories(directory.resolve("chk-11"));
    Files.createDirectories(directory.resolve("taskowned"));
    assertThat(new CheckpointFolder(directory).complete())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("chk-10", "chk-9");
  }

  @Test
  void aFolderThatDoesNotExistHasNone(@TempDir Path directory) {
    CheckpointFolder folder = new CheckpointFolder(directory.resolve("missing"));
    folder.sweep(3);
    assertThat(folder.complete()).isEmpty();
  }

  @Test
  void whatWasSetAsideIsOutOfTheWayUntilItIsBroughtBack(@TempDir Path directory) throws Exception {
    complete(directory, "chk-1", "");
    complete(directory, "chk-2", "");
    CheckpointFolder folder = new CheckpointFolder(directory);
    folder.setAside(directory.resolve("chk-2"));
    assertThat(folder.complete()).containsExactly(directory.resolve("chk-1"));
    folder.bringBack();
    assertThat(folder.complete())
        .containsExactly(directory.resolve("chk-2"), directory.resolve("chk-1"));
  }

  @Test
  void bringingBackNeverReplacesACheckpointMadeMeanwhile(@TempDir Path directory) throws Exception {
    complete(directory, "chk-2", "old");
    CheckpointFolder folder = new CheckpointFolder(directory);
    folder.setAside(directory.resolve("chk-2"));
    complete(directory, "chk-2", "new");
    folder.bringBack();
    assertThat(directory.resolve("chk-2/_metadata")).hasContent("new");
  }

  @Test
  void aSweepKeepsTheNewestAndTheSharedFilesThatTheyName(@TempDir Path directory) throws Exception {
    complete(directory, "chk-1", "\u0000first\u00ff");
    complete(directory, "chk-2", "\u0000second\u00ff");
    complete(directory, "chk-3", "\u0000third and second\u00ff");
    Files.createDirectories(directory.resolve("chk-4/half"));
    Path shared = Files.createDirectories(directory.resolve("shared"));
    for (String name : List.of("first", "second", "third", "nobody's")) {
      Files.createFile(shared.resolve(name));
    }
    new CheckpointFolder(directory).sweep(2);
    assertThat(names(directory)).containsExactlyInAnyOrder("chk-2", "chk-3", "shared");
    assertThat(names(shared)).containsExactlyInAnyOrder("second", "third");
  }

  @Test
  void aSweepBringsBackAllWhenAStartWasKilledWhileItTriedThem(@TempDir Path directory)
      throws Exception {
    complete(directory, "chk-1", "");
    CheckpointFolder folder = new CheckpointFolder(directory);
    folder.setAside(directory.resolve("chk-1"));
    folder.sweep(3);
    assertThat(folder.complete()).containsExactly(directory.resolve("chk-1"));
  }

  private static void complete(Path directory, String name, String metadata) throws IOException {
    Path checkpoint = Files.createDirectories(directory.resolve(name));
    Files.writeString(checkpoint.resolve("_metadata"), metadata, StandardCharsets.ISO_8859_1);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }
}
