package io.realmstream.deploy.embedded.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.deploy.embedded.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @Test
  void aSecondProcessIsRefusedAndToldWhoHasTheFolder(@TempDir Path directory) throws Exception {
    try (JavaProcess child = JavaProcess.start(Holder.class, directory.toString())) {
      assertThat(child.readLine()).isEqualTo("locked");
      assertThat(FolderLock.holder(directory)).hasValue(child.pid());
      assertThatThrownBy(() -> FolderLock.take(directory))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "%s is in use by process %d; stop it with `realm down`, or choose another folder",
              directory.toRealPath(), child.pid());
      child.kill();
    }
    // a kill gives the folder back
    assertThat(FolderLock.holder(directory)).isEmpty();
    FolderLock.take(directory).close();
  }

  @Test
  void aRefusedSecondTakeInOneProcessLeavesTheFirstInForce(@TempDir Path directory)
      throws Exception {
    FolderLock lock = FolderLock.take(directory);
    try {
      assertThatThrownBy(() -> FolderLock.take(directory)).isInstanceOf(StartException.class);
      assertThat(FolderLock.holder(directory)).hasValue(ProcessHandle.current().pid());
      try (JavaProcess child = JavaProcess.start(Holder.class, directory.toString())) {
        assertThat(child.readLine()).contains("is in use by process");
      }
    } finally {
      lock.close();
    }
    assertThat(FolderLock.holder(directory)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeIsSaidInOneLine(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> FolderLock.take(file.resolve("folder")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("cannot be written");
  }

  /** Takes the folder, says so or why not, and waits to be killed. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      try {
        FolderLock.take(Path.of(arguments[0]));
        System.out.println("locked");
        new CountDownLatch(1).await();
      } catch (StartException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
