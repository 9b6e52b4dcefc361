package io.realmstream.deploy.wikipedia.load;

import io.realmstream.deploy.wikipedia.Bookmark;
import io.realmstream.deploy.wikipedia.dump.DumpSource;
import io.realmstream.schemas.Hash128;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is imported.
 *
 * @param namespaces numbers; empty = all
 */
public record ImportScope(DumpSource source, Set<Integer> namespaces) {
  private static final int HASH_DIGITS = 8;

  public ImportScope {
    namespaces = Set.copyOf(namespaces);
  }

  /**
   * How far a file was imported: another import of it, of other namespaces or to another topic, has
   * a bookmark of its own.
   *
   * @param folder need not exist
   */
  Bookmark bookmark(Path folder, Path file, Bookmark.Target target) {
    Hash128 hash =
        Hash128.ofTexts(
            target.cluster(),
            target.topic(),
            file.toAbsolutePath().normalize().toString(),
            source.wiki(),
            source.date().toString(),
            new TreeSet<>(namespaces).toString());
    String name =
        "import-%s-%s.json"
            .formatted(file.getFileName(), hash.toString().substring(0, HASH_DIGITS));
    return new Bookmark(folder.resolve(name), target);
  }
}
