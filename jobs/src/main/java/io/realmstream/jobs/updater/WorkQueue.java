package io.realmstream.jobs.updater;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one subtask that wait for their vectors: edits before rebuilds, each in the
 * order of arrival, a document once. It is derived from state and only ever in memory.
 */
final class WorkQueue {
  private static final int FOLLOWERS_MAX = 1_000;
  private static final int REBUILDS_WAITING_MAX = 64;

  private final Set<Task> edits = new LinkedHashSet<>();
  private final Set<Task> rebuilds = new LinkedHashSet<>();

  /** Edits that only a version lacks which is being walked; the first of the rebuilds. */
  private final Set<Task> followers = new LinkedHashSet<>();

  /** How many edit tasks, started ones too, there are by the timestamp since when they wait. */
  private final TreeMap<Long, Integer> waits = new TreeMap<>();

  private int editTasks;
  private int tasks;
  private long sequence;

  /** Asks for the document's wanted edit, which was read with that Kafka timestamp. */
  void edit(Shard shard, String id, long timestamp) {
    Task task = shard.tasks.get(id);
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
  boolean follow(Task task) {
    if (!task.isEdit() || followers.size() >= FOLLOWERS_MAX) {
      return false;
    }
    await(task, null);
    task.started = false;
    return followers.add(task);
  }

  /** Asks for the document in a version that lacks it, unless it is asked for already. */
  void rebuild(Shard shard, String id) {
    if (!shard.tasks.containsKey(id)) {
      rebuilds.add(add(shard, id));
    }
  }

  /** Asks for the document once more, whole, in versions that have it. */
  void again(Shard shard, String id, Collection<Integer> versions) {
    rebuild(shard, id);
    Task task = Objects.requireNonNull(shard.tasks.get(id));
    task.again.addAll(versions);
  }

  /** The next edit to start; null = none. */
  @Nullable Task pollEdit() {
    return poll(edits);
  }

  /** The next rebuild to start; null = none. */
  @Nullable Task pollRebuild() {
    Task follower = poll(followers);
    return follower == null ? poll(rebuilds) : follower;
  }

  /** Queues a started task once more, because its document has changed meanwhile. */
  void again(Task task) {
    task.started = false;
    (task.isEdit() ? edits : rebuilds).add(task);
  }

  /** Forgets a started task. */
  void done(Task task) {
    await(task, null);
    task.shard.tasks.remove(task.id);
    tasks--;
  }

  /** Edits that wait or are being embedded. */
  int editTasks() {
    return editTasks;
  }

  /** Whether more rebuilds may wait; a walk rests while not. */
  boolean mayRebuild() {
    return rebuilds.size() < REBUILDS_WAITING_MAX;
  }

  /** All tasks, started ones too. */
  int tasks() {
    return tasks;
  }

  /** The sequence of the last task added; 0 before the first. */
  long lastSequence() {
    return sequence;
  }

  /** Kafka timestamp of the earliest edit that somebody waits for; null = none. */
  @Nullable Long oldest() {
    return waits.isEmpty() ? null : waits.firstKey();
  }

  private Task add(Shard shard, String id) {
    Task task = new Task(shard, id, ++sequence);
    shard.tasks.put(id, task);
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
