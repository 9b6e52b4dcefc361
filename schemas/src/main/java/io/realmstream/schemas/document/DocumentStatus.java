package io.realmstream.schemas.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * What became of one revision of a document.
 *
 * @param revision the edit's revision
 * @param reason why an edit was STALE or FAILED, else null
 * @param version index version that the counts speak of; 0 when there is none yet
 */
public record DocumentStatus(
    String id,
    long revision,
    Outcome outcome,
    @Nullable String reason,
    @JsonUnwrapped PassageChanges changes,
    @JsonUnwrapped VectorCounts counts,
    int version,
    @JsonUnwrapped EditProgress progress) {

  /** Refuses an id of no or too many bytes, and a negative version; makes the reason UTF-8. */
  public DocumentStatus {
    reason = reason == null ? null : Utf8.whole(reason);
    Limits.checkId("id", id);
    Limits.checkAtLeast("version", version, 0);
  }
}
