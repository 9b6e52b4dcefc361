package io.realmstream.model.updating.publish;

import io.realmstream.schemas.Utf8;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageTrunk;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a large document's record into parts, of which the last carries the manifest. */
public final class Parts {
  static final int PART_BYTES_MAX = 512 << 10;

  /** What the vectors topic takes, less what Kafka and the fields around title and texts need. */
  static final int RECORD_BYTES_MAX = (8 << 20) - (64 << 10);

  /** A uid and two offsets. */
  private static final int MANIFEST_ENTRY_BYTES = 26;

  /** Room for the fields around the inserts, and for hashes and lengths of each insert. */
  private static final int OVERHEAD_BYTES = 64;

  /** A digest and a length. */
  private static final int TRUNK_OVERHEAD_BYTES = 20;

  private Parts() {}

  /**
   * The record's parts: its inserts in order, at least one a part, else up to 512 KiB; the manifest
   * is not counted.
   */
  public static List<PassageVectors> cut(PassageVectors whole) {
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

  /**
   * Why a document's record does not fit the topic however it is cut: every part carries the title
   * and at least one passage, the last one the manifest. Null = it fits.
   */
  static @Nullable String excess(
      String title, List<ManifestEntry> manifest, List<PassageInsert> inserts) {
    int largest = inserts.stream().mapToInt(Parts::bytes).max().orElse(0);
    long bytes =
        Utf8.bytes(title)
            + (long) MANIFEST_ENTRY_BYTES * manifest.size()
            + Math.max(largest, inserts.isEmpty() ? 0 : PART_BYTES_MAX);
    return bytes <= RECORD_BYTES_MAX
        ? null
        : "title, passage and the places of %d passages: must be at most %d bytes long (are %d)"
            .formatted(manifest.size(), RECORD_BYTES_MAX, bytes);
  }

  private static int bytes(PassageInsert insert) {
    PassageTrunk trunk = insert.trunk();
    int trunkBytes = trunk == null ? 0 : TRUNK_OVERHEAD_BYTES + Float.BYTES * trunk.output().length;
    return OVERHEAD_BYTES
        + Utf8.bytes(insert.text())
        + Float.BYTES * insert.vector().length
        + trunkBytes;
  }

  private static PassageVectors part(
      PassageVectors whole, int part, List<List<PassageInsert>> groups) {
    boolean last = part == groups.size() - 1;
    return new PassageVectors(
        whole.document(),
        whole.shard(),
        whole.version(),
        whole.revision(),
        new RecordPart(part, groups.size()),
        last ? whole.manifest() : List.of(),
        groups.get(part));
  }
}
