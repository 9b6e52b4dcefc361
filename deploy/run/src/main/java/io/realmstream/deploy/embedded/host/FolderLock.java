package io.realmstream.deploy.embedded.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One process's claim on a folder: the operating system's lock on the file {@code lock}, which ends
 * with the process however it ends. The file {@code pid} holds the process id.
 */
public final class FolderLock implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String PROCESS = "pid";

  /**
   * Folders of this process. Its own lock file must not even be opened a second time: closing any
   * channel of a file gives up the process's lock on it (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private FolderLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the folder, which is created if missing.
   *
   * @throws StartException if it cannot be written or is taken
   */
  public static FolderLock take(Path directory) throws StartException {
    try {
      Path folder = Files.createDirectories(directory).toRealPath();
      if (!HELD.add(folder)) {
        throw taken(folder);
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        HELD.remove(folder);
        throw taken(folder);
      }
      Files.writeString(folder.resolve(PROCESS), Long.toString(ProcessHandle.current().pid()));
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      throw new StartException(directory + " cannot be written", e);
    }
  }

  /** The process that has the folder; empty if none has. */
  public static OptionalLong holder(Path directory) throws IOException {
    Path file = directory.resolve(LOCK);
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    if (HELD.contains(directory.toRealPath())) {
      return OptionalLong.of(ProcessHandle.current().pid());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null ? readProcess(directory) : OptionalLong.empty();
    }
  }

  /** Gives the folder back; the file stays, since removing it would race with the next taker. */
  @Override
  public void close() {
    try {
      channel.close();
      HELD.remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StartException taken(Path folder) throws IOException {
    OptionalLong process = readProcess(folder);
    return new StartException(
        folder
            + " is in use by "
            + (process.isPresent() ? "process " + process.getAsLong() : "another process")
            + "; stop it with `realm down`, or choose another folder");
  }

  private static OptionalLong readProcess(Path directory) throws IOException {
    Path file = directory.resolve(PROCESS);
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
