package io.realmstream.jobs.learner.held;

import io.realmstream.jobs.learner.trunks.TopicPlace;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.learning.live.ReadTimes;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * What the vectors topic says, until its window has been read and all before it was learned. All of
 * it leaves in the order of time, then partition and offset, in whatever order the partitions came.
 * A partition's own order never changes.
 */
public final class HeldEvents {
  private static final String HELD = "held-events";

  private final StateTable<HeldPlace, TrunkEvent> held;
  private final IntConsumer setShard;
  private final long windowMs;

  /** The keys of all that is held. */
  private final NavigableSet<Held> places = new TreeSet<>();

  private ReadTimes times;

  private record Held(HeldPlace place, int shard) implements Comparable<Held> {
    private static final Comparator<Held> ORDER =
        Comparator.comparing(Held::place).thenComparingInt(Held::shard);

    @Override
    public int compareTo(Held other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * With nothing loaded yet.
   *
   * @param setShard makes the key of a shard the current one
   * @param times up to which partitions were read
   * @param windowMs length of windows
   */
  public HeldEvents(RuntimeContext context, IntConsumer setShard, ReadTimes times, long windowMs) {
    held = StateTable.of(context, HELD, HeldPlace.class, TrunkEvent.class);
    this.setShard = setShard;
    this.times = times;
    this.windowMs = windowMs;
  }

  /** Takes up what a restored state says of the first so many shards. */
  public void load(int shards) {
    for (int shard = 0; shard < shards; shard++) {
      int current = shard;
      setShard.accept(shard);
      held.keys().forEachRemaining(place -> places.add(new Held(place, current)));
    }
  }

  /** Up to which time partitions were read. */
  public ReadTimes times() {
    return times;
  }

  /** How many events are held. */
  public int size() {
    return places.size();
  }

  /** Takes what came of a shard, whose key is the current one. */
  public void take(TrunkEvent event) {
    TopicPlace at = event.place();
    times = times.behind(at.partition(), at.timeMs());
    long timeMs = times.of(at.partition());
    if (event.isHeartbeat()) {
      times = times.told(event.partitions(), timeMs);
      return;
    }
    HeldPlace place = new HeldPlace(timeMs, at.partition(), at.offset(), event.isGap() ? 0 : 1);
    held.put(place, event);
    places.add(new Held(place, event.shard()));
  }

  /** Whether a window that holds something was read to its end. */
  public boolean isDue() {
    return !places.isEmpty() && times.isRead(endMs());
  }

  /**
   * Lets go what the first window holds that holds something, each event under its shard's key.
   *
   * @return whether it was due
   */
  public boolean release(Consumer<TrunkEvent> to) {
    if (!isDue()) {
      return false;
    }
    release(endMs(), to);
    return true;
  }

  /** Lets go all that is held, whatever has been read. */
  public void releaseAll(Consumer<TrunkEvent> to) {
    release(Long.MAX_VALUE, to);
  }

  private long endMs() {
    return ReadTimes.endMs(places.first().place().timeMs(), windowMs);
  }

  private void release(long endMs, Consumer<TrunkEvent> to) {
    while (!places.isEmpty() && places.first().place().timeMs() < endMs) {
      Held first = places.first();
      places.remove(first);
      setShard.accept(first.shard());
      to.accept(Objects.requireNonNull(held.get(first.place()), "held"));
      held.remove(first.place());
    }
  }
}
