package io.realmstream.deploy.wikipedia.audit;

import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.schemas.Hash128;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept how far the audits with the same settings have come. Audits of one wiki with
 * other namespaces, another address or for another topic have files of their own.
 *
 * @param target where their statements go
 * @param bookmark for instance {@code wikipedia/audit-enwiki-0-1f2e3d4c.json}: the wiki, the
 *     namespaces, and the first digits of a hash of all that makes them differ
 * @param met numbers of pages
 */
public record AuditFiles(Bookmark.Target target, Path bookmark, Path met) {
  private static final Pattern BOOKMARK =
      Pattern.compile("audit-([a-z0-9_]+)-([0-9,-]+)-[0-9a-f]{8}\\.json");
  private static final int HASH_DIGITS = 8;

  /**
   * What an audit compares with.
   *
   * @param address of the wiki's API
   * @param namespaces whose pages it lists; their order does not matter
   */
  public record Scope(String wiki, String address, List<Integer> namespaces) {
    public Scope {
      namespaces = namespaces.stream().distinct().sorted().toList();
    }
  }

  /** The folder, if nobody names another one. */
  public static Path folder(Path directory) {
    return directory.resolve("wikipedia");
  }

  /** The files of the audits of that scope; they need not exist. */
  public static AuditFiles of(Path folder, Bookmark.Target target, Scope scope) {
    String namespaces =
        scope.namespaces().stream().map(String::valueOf).collect(Collectors.joining(","));
    Hash128 hash = Hash128.ofTexts(target.cluster(), target.topic(), scope.address(), namespaces);
    String name =
        "audit-%s-%s-%s"
            .formatted(scope.wiki(), namespaces, hash.toString().substring(0, HASH_DIGITS));
    return new AuditFiles(target, folder.resolve(name + ".json"), folder.resolve(name + ".met"));
  }

  /** The progress that they keep. */
  public SweepProgress open() throws IOException {
    return SweepProgress.open(new Bookmark(bookmark, target), met);
  }

  /**
   * Since when all pages of a wiki are verified, by its name: those of each namespace that a whole
   * sweep has listed. A wiki of which no sweep has ended is not there, nor one whose files are of
   * another target.
   *
   * @param folder need not exist
   */
  public static Map<String, Instant> verified(Path folder, Bookmark.Target target) {
    Map<String, Map<String, Instant>> newest = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          take(file, target, newest);
        }
      } catch (IOException e) {
        // what cannot be read says of nothing that it was verified
      }
    }
    Map<String, Instant> verified = new TreeMap<>();
    newest.forEach((wiki, times) -> verified.put(wiki, Collections.min(times.values())));
    return verified;
  }

  /**
   * Takes a file of the folder.
   *
   * @param newest by wiki and namespace
   */
  private static void take(
      Path file, Bookmark.Target target, Map<String, Map<String, Instant>> newest)
      throws IOException {
    Matcher name = BOOKMARK.matcher(String.valueOf(file.getFileName()));
    Instant since = name.matches() ? since(file, target) : null;
    if (since != null) {
      Map<String, Instant> times = newest.computeIfAbsent(name.group(1), wiki -> new TreeMap<>());
      for (String namespace : name.group(2).split(",", -1)) {
        times.merge(namespace, since, (one, two) -> one.isAfter(two) ? one : two);
      }
    }
  }

  private static @Nullable Instant since(Path file, Bookmark.Target target) throws IOException {
    try {
      return SweepProgress.open(new Bookmark(file, target), file).verifiedSince();
    } catch (ClientException e) {
      return null; // of another target, or damaged
    }
  }
}
