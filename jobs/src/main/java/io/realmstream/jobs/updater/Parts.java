package io.realmstream.jobs.updater;

import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import java.util.ArrayList;
import java.util.List;

/** Cuts a large document's record into parts, of which the last carries the manifest. */
final class Parts {
  static final int PART_BYTES_MAX = 512 << 10;

  /** Room for the fields around the inserts, and for hashes and lengths of each insert. */
  private static final int OVERHEAD_BYTES = 64;

  private Parts() {}

  /**
   * The record's parts: its inserts in order, at least one a part, else up to 512 KiB; the manifest
   * is not counted.
   */
  static List<PassageVectors> cut(PassageVectors whole) {
    List<List<PassageInsert>> groups = new ArrayList<>();
    groups.add(new ArrayList<>());
    int bytes = 0;
    for (PassageInsert insert : whole.inserts()) {
      List<PassageInsert> group = groups.get(groups.size() - 1);
      int size = bytes(insert);
      if (!group.isEmpty() && bytes + size > PART_BYTES_MAX) {
        group = new ArrayList<>();
        groups.add(group);
        bytes = 0;
      }
      group.add(insert);
      bytes += size;
    }
    List<PassageVectors> parts = new ArrayList<>();
    for (int part = 0; part < groups.size(); part++) {
      parts.add(part(whole, part, groups));
    }
    return parts;
  }

  private static int bytes(PassageInsert insert) {
    return OVERHEAD_BYTES + Utf8.bytes(insert.text()) + Float.BYTES * insert.vector().length;
  }

  private static PassageVectors part(
      PassageVectors whole, int part, List<List<PassageInsert>> groups) {
    boolean last = part == groups.size() - 1;
    return new PassageVectors(
        whole.document(),
        whole.shard(),
        whole.revision(),
        whole.edit(),
        whole.version(),
        part,
        groups.size(),
        whole.outcome(),
        whole.title(),
        whole.eventTime(),
        whole.readAt(),
        whole.publishedAt(),
        whole.removed(),
        whole.truncated(),
        whole.embedded(),
        whole.reprojected(),
        whole.reused(),
        last ? whole.manifest() : List.of(),
        groups.get(part));
  }
}
