package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.wikipedia.Bookmark;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept how far the audits of a wiki have come.
 *
 * @param bookmark for instance {@code wikipedia/audit-enwiki.json}
 * @param met numbers of pages
 */
public record AuditFiles(Path bookmark, Path met) {
  private static final Pattern BOOKMARK = Pattern.compile("audit-([a-z0-9_]+)\\.json");

  /** The folder, if nobody names another one. */
  public static Path folder(Path directory) {
    return directory.resolve("wikipedia");
  }

  public static AuditFiles of(Path folder, String wiki) {
    return new AuditFiles(
        folder.resolve("audit-" + wiki + ".json"), folder.resolve("audit-" + wiki + ".met"));
  }

  /** The progress that they keep; they need not exist. */
  public SweepProgress open(Bookmark.Target target) throws IOException {
    return SweepProgress.open(new Bookmark(bookmark, target), met);
  }

  /**
   * Since when all pages of a wiki are verified, by its name. A wiki of which no sweep has ended is
   * not there, nor one whose files are of another cluster.
   *
   * @param folder need not exist
   */
  public static Map<String, Instant> verified(Path folder, Bookmark.Target target) {
    Map<String, Instant> verified = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return verified;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = BOOKMARK.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          Instant since = since(of(folder, name.group(1)), target);
          if (since != null) {
            verified.put(name.group(1), since);
          }
        }
      }
    } catch (IOException e) {
      return verified; // what cannot be read says of nothing that it was verified
    }
    return verified;
  }

  private static @Nullable Instant since(AuditFiles files, Bookmark.Target target)
      throws IOException {
    try {
      return files.open(target).verifiedSince();
    } catch (ClientException e) {
      return null; // of another cluster, or damaged
    }
  }
}
