package io.realmstream.deploy.embedded.cluster;

import io.realmstream.deploy.embedded.host.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one job, as Flink lays them out: a folder {@code chk-n} each, complete when it
 * holds {@code _metadata}, beside {@code shared} with the RocksDB files that several of them name.
 *
 * <p>Nothing here may be called while the job runs.
 */
public final class CheckpointFolder {
  private static final Pattern NAME = Pattern.compile("chk-(\\d{1,18})");
  private static final String SET_ASIDE = ".unusable";
  private static final String METADATA = "_metadata";

  private final Path directory;

  CheckpointFolder(Path directory) {
    this.directory = directory;
  }

  /** That of a job with the id that its name decides. */
  public static CheckpointFolder of(Path checkpoints, String jobName) {
    return new CheckpointFolder(checkpoints.resolve(EmbeddedJob.id(jobName).toHexString()));
  }

  /** Deletes all of them. */
  public void delete() {
    Folders.delete(directory);
  }

  /** Complete checkpoints that were not set aside, newest first. */
  public List<Path> complete() {
    return list(directory).stream()
        .filter(path -> NAME.matcher(name(path)).matches() && isComplete(path))
        .sorted(Comparator.comparingLong(CheckpointFolder::number).reversed())
        .toList();
  }

  /**
   * Takes a checkpoint that does not restore out of the way: Flink numbers on from an older one and
   * must find the number free.
   */
  void setAside(Path checkpoint) {
    rename(checkpoint, checkpoint.resolveSibling(name(checkpoint) + SET_ASIDE));
  }

  /** Undoes every {@link #setAside} whose number was not given to a new checkpoint. */
  void bringBack() {
    for (Path path : setAside()) {
      String name = name(path);
      Path before = path.resolveSibling(name.substring(0, name.length() - SET_ASIDE.length()));
      if (!Files.exists(before)) {
        rename(path, before);
      }
    }
  }

  /**
   * Deletes what no start will need: all but the newest complete checkpoints, and the shared files
   * that none of those names. A run that was killed, or claimed one checkpoint of several, leaves
   * both behind, and no later run knows of them.
   *
   * @param keep how many complete checkpoints stay
   */
  public void sweep(int keep) {
    List<Path> complete = complete();
    if (complete.isEmpty()) {
      // killed while it looked for one that restores: all may be tried again
      bringBack();
      complete = complete();
    }
    List<Path> kept = complete.subList(0, Math.min(keep, complete.size()));
    for (Path path : list(directory)) {
      if (name(path).startsWith("chk-") && !kept.contains(path)) {
        Folders.delete(path);
      }
    }
    sweepShared(kept);
  }

  /** A shared file's name is a random UUID, so a checkpoint needs it if its metadata contain it. */
  private void sweepShared(List<Path> kept) {
    List<String> metadata = new ArrayList<>();
    try {
      for (Path checkpoint : kept) {
        metadata.add(Files.readString(checkpoint.resolve(METADATA), StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // what it names is unknown; a restore will tell
      return;
    }
    for (Path file : list(directory.resolve("shared"))) {
      if (metadata.stream().noneMatch(bytes -> bytes.contains(name(file)))) {
        Folders.delete(file);
      }
    }
  }

  private List<Path> setAside() {
    return list(directory).stream().filter(path -> name(path).endsWith(SET_ASIDE)).toList();
  }

  private static boolean isComplete(Path checkpoint) {
    return Files.isRegularFile(checkpoint.resolve(METADATA));
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(name(checkpoint).substring("chk-".length()));
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rename(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
