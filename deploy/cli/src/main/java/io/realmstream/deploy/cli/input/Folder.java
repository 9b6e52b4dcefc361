package io.realmstream.deploy.cli.input;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a folder is loaded, by path, and what is left out. */
final class Folder {
  private static final Pattern JSON_LINES =
      Pattern.compile("(?i)(.+\\.(jsonl|ndjson)|wiki_\\d+)(\\.gz|\\.bz2)?");
  private static final Pattern TSV = Pattern.compile("(?i).+\\.tsv(\\.gz|\\.bz2)?");
  private static final int FOLDERS_NAMED_MAX = 5;

  private final Path root;
  private final Pattern lines;
  private final List<Path> files = new ArrayList<>();
  private final List<String> foldersLeftOut = new ArrayList<>();
  private int filesLeftOut;
  private @Nullable Path firstLeftOut;

  private Folder(Path root, Pattern lines) {
    this.root = root;
    this.lines = lines;
  }

  /**
   * Looks through a folder and those inside it, but for hidden ones and {@code node_modules}.
   *
   * @param format of its files of lines
   */
  static Folder list(Path root, DocumentFormat format) throws IOException {
    Folder folder = new Folder(root, format == DocumentFormat.TSV ? TSV : JSON_LINES);
    Files.walkFileTree(root, folder.new Visitor());
    folder.files.sort(null);
    return folder;
  }

  /** Text files, files of lines, and what cannot be looked into. */
  List<Path> files() {
    return files;
  }

  /** What is left out, in words; empty when nothing is. */
  String leftOut() {
    List<String> parts = new ArrayList<>();
    if (filesLeftOut > 0) {
      parts.add(filesLeftOut + " files, for instance " + firstLeftOut);
    }
    if (!foldersLeftOut.isEmpty()) {
      String names =
          String.join(
              ", ", foldersLeftOut.subList(0, Math.min(FOLDERS_NAMED_MAX, foldersLeftOut.size())));
      String more = foldersLeftOut.size() > FOLDERS_NAMED_MAX ? ", ..." : "";
      parts.add(foldersLeftOut.size() + " folders: " + names + more);
    }
    return String.join("; ", parts);
  }

  private boolean isWanted(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".")
        && Files.isRegularFile(file)
        && (TextFileRows.isText(file) || lines.matcher(name).matches());
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      if (folder.equals(root) || (!name.startsWith(".") && !name.equals("node_modules"))) {
        return FileVisitResult.CONTINUE;
      }
      foldersLeftOut.add(root.relativize(folder).toString());
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isWanted(file)) {
        files.add(file);
      } else if (filesLeftOut++ == 0) {
        firstLeftOut = root.relativize(file);
      }
      return FileVisitResult.CONTINUE;
    }

    /** To be named when its turn comes. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      files.add(file);
      return FileVisitResult.CONTINUE;
    }
  }
}
