package io.realmstream.model.updating.backlog;

import io.realmstream.model.updating.Shard;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one subtask that wait for their vectors: edits before rebuilds, each in the
 * order of arrival, a document once. It is derived from state and only ever in memory.
 */
public final class WorkQueue {
  private static final int FOLLOWERS_MAX = 1_000;
  private static final int REBUILDS_WAITING_MAX = 64;

  /** All tasks of a shard by document, started ones too, in order of their sequence. */
  private final Map<Shard, Map<String, Task>> byShard = new HashMap<>();

  private final Set<Task> edits = new LinkedHashSet<>();
  private final Set<Task> rebuilds = new LinkedHashSet<>();

  /** Edits that only a version lacks which is being walked; the first of the rebuilds. */
  private final Set<Task> followers = new LinkedHashSet<>();

  /** How many edit tasks, started ones too, there are by the timestamp since when they wait. */
  private final TreeMap<Long, Integer> waits = new TreeMap<>();

  private int editTasks;
  private int tasks;
  private long sequence;

  /** Asks for the edits of a shard that its state says are not published. */
  public void restore(Shard shard) {
    for (Iterator<Map.Entry<String, Long>> i = shard.pending(); i.hasNext(); ) {
      Map.Entry<String, Long> pending = i.next();
      edit(shard, pending.getKey(), pending.getValue());
    }
  }

  /** Asks for the document's wanted edit, which was read with that Kafka timestamp. */
  public void edit(Shard shard, String id, long timestamp) {
    Task task = task(shard, id);
    if (task == null) {
      task = add(shard, id);
    }
    task.since = earlier(task.since, timestamp);
    await(task, earlier(task.awaited, timestamp));
    if (!task.started) {
      rebuilds.remove(task);
      followers.remove(task);
      edits.add(task);
    }
  }

  /**
   * Nobody waits any more for a started edit, which only a version lacks that is being walked: lets
   * it have its turn before other rebuilds.
   *
   * @return false when it is no edit, or so many follow already that it must be embedded at once
   */
  public boolean follow(Task task) {
    if (!task.isEdit() || followers.size() >= FOLLOWERS_MAX) {
      return false;
    }
    await(task, null);
    task.started = false;
    return followers.add(task);
  }

  /** Asks for the document in a version that lacks it, unless it is asked for already. */
  public void rebuild(Shard shard, String id) {
    if (!contains(shard, id)) {
      rebuilds.add(add(shard, id));
    }
  }

  /** Asks for the document once more, whole, in versions that have it. */
  public void republish(Shard shard, String id, Collection<Integer> versions) {
    rebuild(shard, id);
    Task task = Objects.requireNonNull(task(shard, id));
    task.republishIn().addAll(versions);
  }

  /** The next edit to start; null = none. */
  public @Nullable Task pollEdit() {
    return poll(edits);
  }

  /** The next rebuild to start; null = none. */
  public @Nullable Task pollRebuild() {
    Task follower = poll(followers);
    return follower == null ? poll(rebuilds) : follower;
  }

  /** Queues a started task once more, because its document has changed meanwhile. */
  public void requeue(Task task) {
    task.started = false;
    (task.isEdit() ? edits : rebuilds).add(task);
  }

  /** Forgets a started task. */
  public void done(Task task) {
    await(task, null);
    of(task.shard()).remove(task.id());
    tasks--;
  }

  /** Edits that wait or are being embedded. */
  public int editTasks() {
    return editTasks;
  }

  /** Whether more rebuilds may wait; a walk rests while not. */
  public boolean mayRebuild() {
    return rebuilds.size() < REBUILDS_WAITING_MAX;
  }

  /** All tasks, started ones too. */
  public int tasks() {
    return tasks;
  }

  /** The same of one shard. */
  public int tasks(Shard shard) {
    return of(shard).size();
  }

  /** Whether a document waits, or is being embedded. */
  public boolean contains(Shard shard, String id) {
    return of(shard).containsKey(id);
  }

  /** The task of a document; null = it does not wait. */
  public @Nullable Task task(Shard shard, String id) {
    return of(shard).get(id);
  }

  /** Whether no task of a shard up to that sequence is left. */
  public boolean isDoneUpTo(Shard shard, long sequence) {
    Iterator<Task> tasks = of(shard).values().iterator();
    return !tasks.hasNext() || tasks.next().sequence() > sequence;
  }

  /** The sequence of the last task added; 0 before the first. */
  public long lastSequence() {
    return sequence;
  }

  /** Kafka timestamp of the earliest edit that somebody waits for; null = none. */
  public @Nullable Long oldest() {
    return waits.isEmpty() ? null : waits.firstKey();
  }

  private Map<String, Task> of(Shard shard) {
    return byShard.getOrDefault(shard, Map.of());
  }

  private Task add(Shard shard, String id) {
    Task task = new Task(shard, id, ++sequence);
    byShard.computeIfAbsent(shard, any -> new LinkedHashMap<>()).put(id, task);
    tasks++;
    return task;
  }

  private static @Nullable Task poll(Set<Task> queue) {
    Iterator<Task> first = queue.iterator();
    if (!first.hasNext()) {
      return null;
    }
    Task task = first.next();
    first.remove();
    task.started = true;
    return task;
  }

  private static Long earlier(@Nullable Long timestamp, long other) {
    return timestamp == null ? other : Math.min(timestamp, other);
  }

  private void await(Task task, @Nullable Long since) {
    Long before = task.awaited;
    if (before != null) {
      waits.computeIfPresent(before, (timestamp, count) -> count == 1 ? null : count - 1);
      editTasks--;
    }
    if (since != null) {
      waits.merge(since, 1, Integer::sum);
      editTasks++;
    }
    task.awaited = since;
  }
}
