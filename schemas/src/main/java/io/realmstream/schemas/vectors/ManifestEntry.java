package io.realmstream.schemas.vectors;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.Limits;

/**
 * A passage's place in its document.
 *
 * @param start offset in the document's text, in UTF-16 units
 * @param end offset behind its last character
 */
public record ManifestEntry(Hash128 uid, int start, int end) {

  /** Refuses a place that begins before the text or ends before it begins. */
  public ManifestEntry {
    Limits.checkAtLeast("start", start, 0);
    Limits.checkAtLeast("end", end, start);
  }
}
