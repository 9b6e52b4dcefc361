package io.realmstream.deploy.embedded.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names folders for others, looks for their space, and deletes what is in them. */
public final class Folders {
  /** What Kafka and Flink take for the end of a name in a list, and Java for the end of a jar's. */
  private static final Pattern SEPARATOR = Pattern.compile("[,:;!]");

  /** Less is not worth a start: Kafka and RocksDB fail badly on a full disk. */
  private static final long FREE_BYTES_MIN = 512L << 20;

  private Folders() {}

  /** Refuses a folder, which must exist, whose disk is nearly full. */
  public static void requireSpace(Path folder) throws StartException {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < FREE_BYTES_MIN) {
        throw new StartException(
            "no space: %d MiB free in %s, at least %d are needed"
                .formatted(free >> 20, folder, FREE_BYTES_MIN >> 20));
      }
    } catch (IOException e) {
      throw new StartException("cannot tell the free space of " + folder, e);
    }
  }

  /** Whether the folder's name may stand in a list of folders as it is. */
  public static boolean isListable(Path folder) {
    return !SEPARATOR.matcher(folder.toString()).find();
  }

  /**
   * A folder's name as Flink's settings have it: with a scheme, and nothing escaped, since Flink
   * escapes it itself.
   */
  public static String flinkPath(Path folder) {
    return org.apache.flink.core.fs.Path.fromLocalFile(folder.toFile()).toString();
  }

  /**
   * A name of the folder that may stand in a list of folders: a link to it, until this process
   * ends, where its own name has a separator in it. The folder is created if missing.
   */
  public static Path listable(Path folder) {
    if (isListable(folder)) {
      return folder;
    }
    try {
      Files.createDirectories(folder);
      Path home = Files.createTempDirectory("realm-link");
      Path link = Files.createSymbolicLink(home.resolve("folder"), folder);
      // the link goes first
      home.toFile().deleteOnExit();
      link.toFile().deleteOnExit();
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file, or a folder with all it holds; what does not exist is fine. */
  public static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the files right in a folder whose names end so; the folder need not exist. */
  public static void deleteFiles(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
