package io.realmstream.deploy.embedded.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @Test
  void onlyFilesOfThatEndingGo(@TempDir Path folder) throws IOException {
    Path half = Files.createFile(folder.resolve("0abc.partial"));
    Path whole = Files.createFile(Files.createDirectory(folder.resolve("0abc")).resolve("part"));
    Folders.deleteFiles(folder, ".partial");
    assertThat(half).doesNotExist();
    assertThat(whole).exists();
    Folders.deleteFiles(folder.resolve("absent"), ".partial");
  }
}
