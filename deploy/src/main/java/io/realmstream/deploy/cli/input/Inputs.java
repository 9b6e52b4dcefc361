package io.realmstream.deploy.cli.input;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All rows of all files of a command line, in order; one file is open at a time. */
public final class Inputs implements Closeable {
  private final List<Source> sources;
  private long linesToSkip;
  private int next;
  private @Nullable Rows current;
  private long bytesOfEarlierSources;

  private Inputs(List<Source> sources) {
    this.sources = sources;
  }

  /**
   * The rows of a command line's files; none is opened yet.
   *
   * @param arguments files, folders of .txt and .md, or {@code -} for {@code stdin}
   * @param fields of JSON lines; a text file takes its revision alone, if that is a number
   * @throws CommandFailure USAGE, if one cannot be read
   */
  public static Inputs of(
      List<String> arguments, DocumentFormat format, RowFields fields, InputStream stdin) {
    List<Source> sources = new ArrayList<>();
    for (String argument : arguments) {
      Path path = Path.of(argument);
      if (argument.equals("-")) {
        sources.add(
            new Source("-", 0, () -> new JsonLineRows(LineFile.of("-", stdin), format, fields)));
      } else if (Files.isDirectory(path)) {
        sources.addAll(folder(path, fields));
      } else if (!Files.isReadable(path)) {
        throw CommandFailure.usage("cannot read " + argument);
      } else if (TextFileRows.isText(path)) {
        sources.add(text(path, String.valueOf(path.getFileName()), fields));
      } else {
        sources.add(
            new Source(
                argument,
                path.toFile().length(),
                () -> new JsonLineRows(LineFile.open(argument, path), format, fields)));
      }
    }
    return new Inputs(sources);
  }

  /**
   * Leaves out everything before a position.
   *
   * @throws CommandFailure USAGE, if the position's file is not among the inputs
   */
  public Inputs from(Position start) {
    while (next < sources.size() && !sources.get(next).name().equals(start.file())) {
      bytesOfEarlierSources += sources.get(next++).bytes();
    }
    if (next == sources.size()) {
      throw CommandFailure.usage("cannot resume at " + start + ": that file is not loaded");
    }
    linesToSkip = start.line() - 1;
    return this;
  }

  /** The next row; null at the end. */
  public @Nullable InputRow next() throws IOException {
    while (current != null || next < sources.size()) {
      if (current == null) {
        current = sources.get(next).opening().open();
      }
      InputRow row = current.next();
      if (row == null) {
        endSource(current);
      } else if (row.position().line() > linesToSkip) {
        return row;
      }
    }
    return null;
  }

  public long bytesRead() throws IOException {
    return bytesOfEarlierSources + (current == null ? 0 : current.bytesRead());
  }

  /** Bytes of all files; 0 = unknown, as standard input is among them. */
  public long bytesTotal() {
    return sources.stream().anyMatch(source -> source.name().equals("-"))
        ? 0
        : sources.stream().mapToLong(Source::bytes).sum();
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }

  private void endSource(Rows rows) throws IOException {
    rows.close();
    current = null;
    bytesOfEarlierSources += sources.get(next++).bytes();
    linesToSkip = 0;
  }

  private static List<Source> folder(Path folder, RowFields fields) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Source> sources =
          files
              .filter(path -> Files.isRegularFile(path) && TextFileRows.isText(path))
              .sorted()
              .map(path -> text(path, slashed(folder.relativize(path)), fields))
              .toList();
      if (sources.isEmpty()) {
        throw CommandFailure.usage("no .txt or .md file in folder " + folder);
      }
      return sources;
    } catch (IOException e) {
      throw CommandFailure.usage("cannot list folder " + folder + ": " + e.getMessage());
    }
  }

  private static Source text(Path path, String id, RowFields fields) {
    String name = path.toString();
    return new Source(
        name,
        path.toFile().length(),
        () -> new TextFileRows(name, id, path, fields.fixedRevision()));
  }

  /** Ids are the same on every platform. */
  private static String slashed(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }

  private record Source(String name, long bytes, Opening opening) {}

  private interface Opening {
    Rows open() throws IOException;
  }
}
