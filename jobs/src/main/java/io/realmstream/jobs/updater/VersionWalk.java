package io.realmstream.jobs.updater;

import io.realmstream.model.state.Walk;
import org.jspecify.annotations.Nullable;

/** A walk over one shard's documents for one version; a restore starts it over. */
final class VersionWalk {
  /** State: what a version still needs from a shard's documents. */
  public enum Phase {
    /** Embed the documents that lack it. */
    BUILD,
    /** Nothing; the shard is complete. */
    COMPLETE,
    /** The same as BUILD; it was complete until edits passed it by, for its tower did not open. */
    LATE,
    /** Forget what is known of it. */
    RETIRE
  }

  final Shard shard;
  final int version;
  Phase phase;

  /** Documents that a BUILD or LATE has seen; so are all BUILDs below meant. */
  long seen;

  /** Whether a BUILD has said which documents are gone. */
  boolean toldDeletions;

  /** Where it stands in that; null before its first step and behind its last. */
  @Nullable Walk<String> deletions;

  /** Where a BUILD stands; null before its first step and behind its last. */
  @Nullable Walk<String> documents;

  /** Where a RETIRE stands. */
  @Nullable Walk<DocumentInVersion> published;

  /** Of a BUILD whose tasks are done; null before. */
  @Nullable SelfCheck check;

  /** Whether the check found something: the shard does not become complete. */
  boolean held;

  /** Last task that existed when the walk had seen every document; null = it has not. */
  @Nullable Long lastSequence;

  VersionWalk(Shard shard, int version, Phase phase) {
    this.shard = shard;
    this.version = version;
    this.phase = phase;
  }

  /** Whether documents lack it that only this walk finds. */
  boolean builds() {
    return phase == Phase.BUILD || phase == Phase.LATE;
  }
}
