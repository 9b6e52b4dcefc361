package io.realmstream.deploy.cli.learn.corpus;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.input.LineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a command writes its results. A folder that cannot be written to is found out before the
 * work begins.
 */
public record ReportFolder(Path folder) {

  /** Creates the folder if need be; throws {@link CommandFailure} if a file cannot be written. */
  public static ReportFolder prepare(Path folder, List<String> files) {
    try {
      Files.createDirectories(folder);
      for (String file : files) {
        Files.newOutputStream(folder.resolve(file), CREATE, APPEND).close();
      }
      return new ReportFolder(folder);
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot write --out " + folder + ": " + LineFile.reason(folder.toString(), e));
    }
  }

  public void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  public Path write(String file, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(file), bytes);
  }

  /** Deletes a file of an earlier run, if there is one. */
  public void delete(String file) throws IOException {
    Files.deleteIfExists(folder.resolve(file));
  }
}
