package io.realmstream.schemas.document;

import io.realmstream.schemas.Limits;
import io.realmstream.schemas.Utf8;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one revision of a document.
 *
 * @param revision the edit's revision
 * @param reason why an edit was STALE or FAILED, else null
 * @param passages how many passages the document has now
 * @param truncated how many of them exceed the encoder's limit and were cut
 * @param embedded how many of the vectors published with it took a run of the transformer
 * @param reprojected how many were made from what was stored of live passages
 * @param reused how many were made from what was stored of passages lost lately
 * @param version index version that the counts speak of; 0 when there is none yet
 * @param readAt when the updater read the edit
 * @param publishedAt when its vectors left the updater; null when nothing was published
 * @param answerableAt when answers began to see it; null when they never will
 */
public record DocumentStatus(
    String id,
    long revision,
    Outcome outcome,
    @Nullable String reason,
    int passages,
    int added,
    int removed,
    int unchanged,
    int truncated,
    int embedded,
    int reprojected,
    int reused,
    int version,
    Instant readAt,
    @Nullable Instant publishedAt,
    @Nullable Instant answerableAt) {

  /** Refuses an id of no or too many bytes, and negative counts; makes the reason UTF-8. */
  public DocumentStatus {
    reason = reason == null ? null : Utf8.whole(reason);
    Limits.checkId("id", id);
    Limits.checkAtLeast("passages", passages, 0);
    Limits.checkAtLeast("added", added, 0);
    Limits.checkAtLeast("removed", removed, 0);
    Limits.checkAtLeast("unchanged", unchanged, 0);
    Limits.checkAtLeast("truncated", truncated, 0);
    Limits.checkAtLeast("embedded", embedded, 0);
    Limits.checkAtLeast("reprojected", reprojected, 0);
    Limits.checkAtLeast("reused", reused, 0);
    Limits.checkAtLeast("version", version, 0);
  }
}
