package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Limits;

/**
 * Which part of a document's record this is.
 *
 * @param part 0 .. parts - 1
 */
public record RecordPart(int part, int parts) {
  /** A record that is not cut. */
  public static final RecordPart WHOLE = new RecordPart(0, 1);

  /** Refuses a part outside 0 .. parts - 1. */
  public RecordPart {
    Limits.checkAtLeast("part", part, 0);
    Limits.checkAtMost("part", part, parts - 1L);
  }

  /** Whether this part carries the manifest. */
  public boolean commits() {
    return part == parts - 1;
  }
}
