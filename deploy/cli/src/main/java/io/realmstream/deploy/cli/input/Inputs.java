package io.realmstream.deploy.cli.input;

import io.realmstream.deploy.cli.CommandFailure;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All rows of all files of a command line, in order; one file is open at a time. */
public final class Inputs implements Closeable {
  private final DocumentFormat format;
  private final RowFields fields;
  private final List<Source> sources = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private long linesToSkip;
  private int next;
  private @Nullable InputRows current;
  private UnaryOperator<InputRow> change = row -> row;
  private long bytesOfEarlierSources;

  private Inputs(DocumentFormat format, RowFields fields) {
    this.format = format;
    this.fields = fields;
  }

  /**
   * The rows of a command line's files; none is opened yet.
   *
   * @param arguments files, streams, folders, or {@code -} for {@code stdin}
   * @param fields of rows; a text file takes its revision alone, if that is a number
   * @throws CommandFailure USAGE, if one cannot be read, or is a stream that is named twice
   */
  public static Inputs of(
      List<String> arguments, DocumentFormat format, RowFields fields, InputStream stdin) {
    Inputs inputs = new Inputs(format, fields);
    Set<Object> streams = new HashSet<>();
    for (String argument : arguments) {
      if (argument.isEmpty()) {
        throw CommandFailure.usage("the name of a file is empty");
      }
      Path path = Path.of(argument);
      boolean standard = argument.equals("-");
      if (!standard && !Files.isReadable(path)) {
        throw CommandFailure.usage("cannot read " + argument);
      }
      if (standard || isStream(path)) {
        boolean twice = !streams.add(identity(standard ? Path.of("/dev/stdin") : path));
        if (twice) {
          throw CommandFailure.usage(argument + " is a stream that can be read only once");
        }
      }
      inputs.add(argument, path, stdin);
    }
    return inputs;
  }

  /** What folders hold beside what is loaded, a line each. */
  public List<String> leftOut() {
    return leftOut;
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

  /** Has each row changed on its way out. */
  public Inputs changed(UnaryOperator<InputRow> change) {
    this.change = change;
    return this;
  }

  /** The next row; null at the end. What cannot be read on is a bad row, the last of its file. */
  public @Nullable InputRow next() throws IOException {
    while (current != null || next < sources.size()) {
      InputRow row;
      try {
        if (current == null) {
          current = sources.get(next).opening().open();
        }
        row = current.next();
      } catch (IOException e) {
        return unreadable(e);
      }
      if (row == null) {
        endSource();
      } else if (row.position().line() > linesToSkip) {
        return change.apply(row);
      }
    }
    return null;
  }

  public long bytesRead() throws IOException {
    return bytesOfEarlierSources + (current == null ? 0 : current.bytesRead());
  }

  /** Bytes of all files; 0 = unknown, as a stream is among them. */
  public long bytesTotal() {
    return sources.stream().anyMatch(Source::stream)
        ? 0
        : sources.stream().mapToLong(Source::bytes).sum();
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }

  private InputRow unreadable(IOException e) throws IOException {
    String name = sources.get(next).name();
    long line = current == null ? 0 : current.line();
    String kept = line == 0 ? "" : "; the lines before are kept, nothing behind it is read";
    endSource();
    return InputRow.bad(new Position(name, line + 1), LineFile.reason(name, e) + kept);
  }

  private void endSource() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
    bytesOfEarlierSources += sources.get(next++).bytes();
    linesToSkip = 0;
  }

  private void add(String argument, Path path, InputStream stdin) {
    if (argument.equals("-")) {
      sources.add(
          new Source("-", 0, true, () -> new LineRows(LineFile.of("-", stdin), lineParser())));
    } else if (Files.isDirectory(path)) {
      addFolder(path);
    } else if (TextFileRows.isText(path)) {
      sources.add(text(path, String.valueOf(path.getFileName())));
    } else {
      sources.add(lines(argument, path));
    }
  }

  private void addFolder(Path path) {
    try {
      Folder folder = Folder.list(path, format);
      String rest = folder.leftOut();
      if (folder.files().isEmpty()) {
        throw CommandFailure.usage(
            "nothing to load in folder "
                + path
                + ": no .txt, .md, .markdown, "
                + (format == DocumentFormat.TSV ? ".tsv" : ".jsonl, .ndjson or wiki_00")
                + (rest.isEmpty() ? "" : " (but " + rest + ")"));
      }
      if (!rest.isEmpty()) {
        leftOut.add(path + ": left out " + rest);
      }
      for (Path file : folder.files()) {
        sources.add(
            TextFileRows.isText(file)
                ? text(file, slashed(path.relativize(file)))
                : lines(file.toString(), file));
      }
    } catch (IOException e) {
      throw CommandFailure.usage("cannot list folder " + path + ": " + e.getMessage());
    }
  }

  private Source text(Path path, String id) {
    String name = path.toString();
    return new Source(
        name,
        path.toFile().length(),
        isStream(path),
        () -> new TextFileRows(name, id, path, fields.fixedRevision()));
  }

  private Source lines(String name, Path path) {
    return new Source(
        name,
        path.toFile().length(),
        isStream(path),
        () -> new LineRows(LineFile.open(name, path), lineParser()));
  }

  private LineRows.LineParser lineParser() {
    return format == DocumentFormat.TSV ? new TsvLines(fields) : new JsonLines(format, fields);
  }

  private static boolean isStream(Path path) {
    return !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** The same for every name of a stream. */
  private static Object identity(Path stream) {
    try {
      Object key = Files.readAttributes(stream, BasicFileAttributes.class).fileKey();
      return key == null ? stream : key;
    } catch (IOException e) {
      return stream;
    }
  }

  /** Ids are the same on every platform. */
  private static String slashed(Path path) {
    return path.toString().replace(File.separatorChar, '/');
  }

  private record Source(String name, long bytes, boolean stream, Opening opening) {}

  private interface Opening {
    InputRows open() throws IOException;
  }
}
