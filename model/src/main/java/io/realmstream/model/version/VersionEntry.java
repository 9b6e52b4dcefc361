package io.realmstream.model.version;

import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version as the log tells it.
 *
 * @param version build number, 1, 2, ...
 * @param index the version whose passage vectors it uses: itself, or an older one of the same
 *     document tower
 * @param complete whether every document that was live when its index was announced has its vectors
 * @param checkpoint from the version's first proposal
 * @param reason of the last change of state
 * @param since when the last change of state was proposed
 * @param activated when it became ACTIVE last; null = never
 */
public record VersionEntry(
    int version,
    int index,
    VersionState state,
    boolean complete,
    RetrieverCheckpoint checkpoint,
    @Nullable String reason,
    Instant since,
    @Nullable Instant activated) {

  /** Whether documents are still embedded for it: from BUILDING until RETIRED. */
  public boolean written() {
    return state != VersionState.RETIRED && state != VersionState.REFUSED;
  }

  /** Whether it has its own passage vectors. */
  public boolean builds() {
    return index == version;
  }

  VersionEntry in(VersionState next, VersionProposal change) {
    return new VersionEntry(
        version,
        index,
        next,
        complete,
        checkpoint,
        change.reason(),
        change.at(),
        next == VersionState.ACTIVE ? change.at() : activated);
  }

  VersionEntry completed(VersionState next) {
    return new VersionEntry(version, index, next, true, checkpoint, reason, since, activated);
  }
}
