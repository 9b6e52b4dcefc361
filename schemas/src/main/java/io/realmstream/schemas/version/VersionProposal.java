package io.realmstream.schemas.version;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.schemas.Limits;
import io.realmstream.schemas.Utf8;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the version log: take {@code version} through a change of state, if it still is in
 * the first of the two.
 *
 * @param proposalId unique; a repetition is a no-op
 * @param version build number, 1, 2, ...
 * @param by who proposes, for instance an operator's uid
 * @param reason why, for people; null when it goes without saying
 * @param checkpoint present on a version's first proposal, so that the log alone tells what to open
 * @param index on a first proposal: the version whose passage vectors this one uses, being of the
 *     same document tower; null = its own, to be built
 */
public record VersionProposal(
    String proposalId,
    int version,
    @JsonUnwrapped StateChange change,
    String by,
    @Nullable String reason,
    @Nullable RetrieverCheckpoint checkpoint,
    @Nullable Integer index,
    Instant at) {

  /**
   * Refuses a proposal's id of no or too many bytes, and a version below 1; makes the reason UTF-8.
   */
  public VersionProposal {
    reason = reason == null ? null : Utf8.whole(reason);
    Limits.checkId("proposalId", proposalId);
    Limits.checkAtLeast("version", version, 1);
  }

  /** The same proposal with another reason. */
  public VersionProposal withReason(String reason) {
    return new VersionProposal(proposalId, version, change, by, reason, checkpoint, index, at);
  }
}
