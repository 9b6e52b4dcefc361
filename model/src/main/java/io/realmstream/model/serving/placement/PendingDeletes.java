package io.realmstream.model.serving.placement;

import io.realmstream.model.serving.BeatPosition;
import io.realmstream.model.serving.VersionedPassage;
import io.realmstream.model.state.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The passages that left their documents and are still in their cells. Until the revision that
 * lacks a passage is the one that answers see, the passage must be found.
 *
 * <p>A removal is noted behind the last heartbeat that its shard has heard. It is <i>covered</i> by
 * the word that the shard is settled up to a later heartbeat of the same run: then that revision,
 * or a later one, is seen. A removal that another run noted came with a restore, in front of all
 * heartbeats of this run, so any word of this run covers it. A while after the word the passage is
 * due.
 *
 * <p>State, by shard: one entry a passage between its removal and its delete ({@code
 * pending-deletes}). Heartbeats and words are only in memory: what was settled in another run need
 * not be so in the restored one.
 */
final class PendingDeletes {
  private final Table<VersionedPassage, PendingDelete> pending;
  private final long delayMs;
  private final Map<Integer, Shard> shards = new HashMap<>();

  /** What a shard has heard in this run. */
  private static final class Shard {
    private @Nullable BeatPosition heard;

    /** The beat behind which the last removal was noted. */
    private long lastRemoval;

    /** Whether something may wait that no word covers; nobody knows before the first one. */
    private boolean waits = true;

    /** The words that something pending waits for, all of the run of {@code heard}. */
    private final Deque<Word> words = new ArrayDeque<>();
  }

  /** What a word covers is due then. */
  private record Word(BeatPosition settled, long dueMs) {
    boolean covers(PendingDelete removal) {
      return removal.run() != settled.run() || removal.beat() < settled.number();
    }
  }

  /**
   * @param delayMs how long a passage stays once its removal is covered
   */
  PendingDeletes(Table<VersionedPassage, PendingDelete> pending, long delayMs) {
    this.pending = pending;
    this.delayMs = delayMs;
  }

  /** Takes in a heartbeat of this run of the job. */
  void hear(int number, BeatPosition beat) {
    Shard shard = shard(number);
    if (shard.heard != null && shard.heard.run() != beat.run()) {
      shard.words.clear(); // they would seem to cover what is noted from now on
      shard.lastRemoval = 0;
      shard.waits = true;
    }
    shard.heard = beat;
  }

  /** A passage left its document in that revision. */
  void add(int number, VersionedPassage passage, long revision, String document) {
    Shard shard = shard(number);
    BeatPosition heard = shard.heard;
    shard.lastRemoval = heard == null ? 0 : heard.number();
    shard.waits = true;
    long run = heard == null ? 0 : heard.run();
    pending.put(passage, new PendingDelete(run, shard.lastRemoval, revision, document));
  }

  /** A passage is back in its document. */
  void keep(VersionedPassage passage) {
    pending.remove(passage);
  }

  /**
   * Takes in the word that a shard is settled up to a heartbeat.
   *
   * @return when {@link #takeDue} is to be called, in epoch ms; the past = never
   */
  long settle(int number, BeatPosition settled, long nowMs) {
    Shard shard = shard(number);
    if (shard.heard == null || shard.heard.run() != settled.run()) {
      return nowMs; // of another run, whose revisions may be on their way again
    }
    if (!shard.waits) {
      return nowMs;
    }
    shard.waits = shard.lastRemoval >= settled.number();
    // whole seconds, so that many removals share a timer
    Word word = new Word(settled, (nowMs + delayMs) / 1000 * 1000 + 1000);
    Word last = shard.words.peekLast();
    for (Iterator<Map.Entry<VersionedPassage, PendingDelete>> all = pending.entries();
        all.hasNext(); ) {
      PendingDelete removal = all.next().getValue();
      if (word.covers(removal) && (last == null || !last.covers(removal))) {
        shard.words.addLast(word);
        return word.dueMs();
      }
    }
    return nowMs;
  }

  /** Takes out what the shard has due at {@code timestamp}, in epoch ms. */
  Map<VersionedPassage, PendingDelete> takeDue(int number, long timestamp) {
    Deque<Word> words = shard(number).words;
    Word over = null;
    for (Word next = words.peekFirst();
        next != null && next.dueMs() <= timestamp;
        next = words.peekFirst()) {
      over = words.removeFirst();
    }
    if (over == null) {
      return Map.of();
    }
    Map<VersionedPassage, PendingDelete> due = new LinkedHashMap<>();
    for (var all = pending.entries(); all.hasNext(); ) {
      Map.Entry<VersionedPassage, PendingDelete> entry = all.next();
      if (over.covers(entry.getValue())) {
        due.put(entry.getKey(), entry.getValue());
      }
    }
    due.keySet().forEach(pending::remove);
    return due;
  }

  private Shard shard(int number) {
    return shards.computeIfAbsent(number, any -> new Shard());
  }
}
