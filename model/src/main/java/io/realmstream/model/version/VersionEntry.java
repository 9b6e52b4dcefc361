package io.realmstream.model.version;

import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version as the log tells it.
 *
 * @param version build number, 1, 2, ...
 * @param complete whether every document that was live when it was announced has its vectors
 * @param checkpoint from the version's first proposal
 * @param reason of the last change of state
 * @param since when it was proposed
 */
public record VersionEntry(
    int version,
    VersionState state,
    boolean complete,
    RetrieverCheckpoint checkpoint,
    @Nullable String reason,
    Instant since) {

  /** Whether documents are still embedded for it: from BUILDING until RETIRED. */
  public boolean written() {
    return state != VersionState.RETIRED && state != VersionState.REFUSED;
  }
}
