package io.realmstream.model.updating.build;

import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.state.Walk;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.WalkPhase;
import io.realmstream.schemas.version.VersionState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A walk over one shard's documents for one version; a restore starts it over. BUILD stands for
 * LATE as well here.
 */
final class VersionWalk {
  final Shard shard;
  final int version;
  WalkPhase phase;

  /** Documents that a BUILD has seen. */
  long seen;

  /** Whether a BUILD has published the deletions. */
  boolean toldDeletions;

  /** Where it stands in the deletions; null before its first step and behind its last. */
  @Nullable Walk<String> deletions;

  /** Where a BUILD stands; null before its first step and behind its last. */
  @Nullable Walk<String> documents;

  /** Where a RETIRE stands. */
  @Nullable Walk<DocumentInVersion> published;

  /** Of a BUILD whose tasks are done; null before. */
  @Nullable SelfCheck check;

  /** Whether the check found something: the shard does not become complete. */
  boolean checkFailed;

  /** The state of each version from which its refusal was proposed last. */
  final Map<Integer, VersionState> refusedFrom = new HashMap<>();

  /** Last task that existed when the walk had seen every document; null = it has not. */
  @Nullable Long lastSequence;

  VersionWalk(Shard shard, int version, WalkPhase phase) {
    this.shard = shard;
    this.version = version;
    this.phase = phase;
  }

  /** Whether it has documents of a BUILD to see yet. */
  boolean isUnderWay() {
    return phase.builds() && lastSequence == null;
  }
}
