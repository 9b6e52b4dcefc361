package io.realmstream.deploy.wikipedia.load;

import io.realmstream.deploy.wikipedia.dump.DumpSource;
import java.util.Set;

/**
 * What is imported.
 *
 * @param namespaces numbers; empty = all
 */
public record ImportScope(DumpSource source, Set<Integer> namespaces) {
  public ImportScope {
    namespaces = Set.copyOf(namespaces);
  }
}
