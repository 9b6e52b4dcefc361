package io.realmstream.model.transport;

import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dimension of each version's vectors, that of the first which came. Of the newest {@value
 * #VERSIONS_MAX} versions: the word that one had its time may be lost.
 */
public final class VersionDimensions {
  static final int VERSIONS_MAX = 64;

  private final NavigableMap<Integer, Integer> dimensions = new TreeMap<>();

  /** By version. */
  public NavigableMap<Integer, Integer> known() {
    return Collections.unmodifiableNavigableMap(dimensions);
  }

  /** Restores what was known of a version. */
  public void put(int version, int dimension) {
    dimensions.put(version, dimension);
    if (dimensions.size() > VERSIONS_MAX) {
      dimensions.pollFirstEntry();
    }
  }

  /** Forgets a version. */
  public void remove(int version) {
    dimensions.remove(version);
  }

  /**
   * Takes the vectors of a record, all or none.
   *
   * @return what is wrong with the dimension of one of them; null = they were taken
   */
  public @Nullable String take(PassageVectors vectors) {
    Integer dimension = dimensions.get(vectors.version());
    for (PassageInsert insert : vectors.inserts()) {
      int found = insert.vector().length;
      if (dimension == null) {
        dimension = found;
      }
      if (dimension != found) {
        return "vector of passage %s: must have %d dimensions as version %d has (has %d)"
            .formatted(insert.uid(), dimension, vectors.version(), found);
      }
    }
    if (dimension != null) {
      put(vectors.version(), dimension);
    }
    return null;
  }
}
