package io.realmstream.model.updating.backlog;

import io.realmstream.model.updating.Shard;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One document that waits for its vectors, in memory; its state says all that must survive. */
public final class Task {
  private final Shard shard;
  private final String id;

  /** Grows from task to task: a walk is complete when all tasks up to its last one are. */
  private final long sequence;

  /** Kafka timestamp of the earliest edit that some version lacks; null for a rebuild. */
  @Nullable Long since;

  /**
   * The same of the earliest edit that the version lacks which answers, or will without another
   * walk; null = none.
   */
  @Nullable Long awaited;

  private final Set<Integer> again = new TreeSet<>();

  /** Whether it is being embedded, rather than queued. */
  boolean started;

  Task(Shard shard, String id, long sequence) {
    this.shard = shard;
    this.id = id;
    this.sequence = sequence;
  }

  long sequence() {
    return sequence;
  }

  public Shard shard() {
    return shard;
  }

  /** The document's. */
  public String id() {
    return id;
  }

  /** Versions in which the document is to be published once more, whole. */
  public Set<Integer> again() {
    return again;
  }

  /**
   * Whether to send vectors of unchanged passages too: the document is published once more, or a
   * run that crashed may have published a later revision than the restored state knows, one that
   * lacked such a passage; the retriever would have dropped its vector. Only edits read before the
   * crash can be concerned: those with a Kafka timestamp before the restart, give or take the
   * producers' clocks.
   *
   * @param suspectBefore the restart, with what is given; a rebuild is always concerned
   */
  public boolean isWhole(int version, long suspectBefore) {
    Long timestamp = since;
    return again.contains(version) || timestamp == null || timestamp < suspectBefore;
  }

  /** Whether somebody waits for it. */
  public boolean isEdit() {
    return awaited != null;
  }
}
