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
   * Kafka timestamp of the earliest edit that is awaited: the version lacks it that answers, or one
   * that will answer without another walk. Null = none.
   */
  @Nullable Long awaited;

  private final Set<Integer> republishIn = new TreeSet<>();

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
  public Set<Integer> republishIn() {
    return republishIn;
  }

  /**
   * Whether to send vectors of unchanged passages too: in a republication, and after a crash. A run
   * that crashed may have published a later revision than the restored state knows. If that
   * revision lacked a passage, the retriever has dropped its vector. This concerns every rebuild,
   * and edits that were read before the crash: their Kafka timestamp is before the restart, plus
   * what producers' clocks may be ahead.
   *
   * @param suspectBefore the restart, plus that
   */
  public boolean isWhole(int version, long suspectBefore) {
    Long timestamp = since;
    return republishIn.contains(version) || timestamp == null || timestamp < suspectBefore;
  }

  /** Whether somebody waits for it. */
  public boolean isEdit() {
    return awaited != null;
  }
}
