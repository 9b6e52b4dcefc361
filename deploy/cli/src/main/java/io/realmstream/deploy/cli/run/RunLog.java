package io.realmstream.deploy.cli.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The output of a run in the background, read while it grows; a new run puts a new file there. */
final class RunLog implements Closeable {
  private final Path file;
  private final char[] buffer = new char[1 << 13];
  private @Nullable Reader open;
  private @Nullable Object openKey;

  RunLog(Path file) {
    this.file = file;
  }

  /** Where the run of a folder writes. */
  static Path current(Path directory) {
    return directory.resolve("logs").resolve("realm.log");
  }

  /** Where the output of the run before is, since it may tell why that one ended. */
  static Path previous(Path directory) {
    return directory.resolve("logs").resolve("realm.previous.log");
  }

  /** Copies what was written since the last time, or since the beginning. */
  void copyNew(PrintWriter out) throws IOException {
    Object key = key();
    if (key == null) {
      return; // between two runs
    }
    copyRest(out);
    if (open == null || !Objects.equals(key, openKey)) {
      close();
      open = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
      openKey = key;
      copyRest(out);
    }
    out.flush();
  }

  private void copyRest(PrintWriter out) throws IOException {
    if (open == null) {
      return;
    }
    for (int n = open.read(buffer); n >= 0; n = open.read(buffer)) {
      out.write(buffer, 0, n);
    }
  }

  /** What tells a file from another one of that name; null when there is none. */
  private @Nullable Object key() throws IOException {
    try {
      Object inode = Files.readAttributes(file, "*").get("fileKey");
      return inode == null ? file : inode;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
    }
  }
}
