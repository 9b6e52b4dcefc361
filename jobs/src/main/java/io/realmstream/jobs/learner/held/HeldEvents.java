package io.realmstream.jobs.learner.held;

import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.learning.live.OffsetWindow;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Documents until their window of the vectors topic has been read, and all before it was learned.
 * They leave in the order of their offsets, and of their shards where those are equal, in whatever
 * order the partitions came.
 */
public final class HeldEvents {
  private static final String HELD = "held";

  private final StateTable<Long, TrunkEvent> held;
  private final IntConsumer setShard;
  private final int size;

  /** The keys of all that is held. */
  private final NavigableSet<Place> places = new TreeSet<>();

  private OffsetWindow window;

  private record Place(long offset, int shard) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::offset).thenComparingInt(Place::shard);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * With nothing loaded yet.
   *
   * @param setShard makes the key of a shard the current one
   * @param window that is being read
   * @param size of windows, in offsets
   */
  public HeldEvents(RuntimeContext context, IntConsumer setShard, OffsetWindow window, int size) {
    held = StateTable.of(context, HELD, Long.class, TrunkEvent.class);
    this.setShard = setShard;
    this.window = window;
    this.size = size;
  }

  /** Takes up what a restored state says of the first so many shards. */
  public void load(int shards) {
    for (int shard = 0; shard < shards; shard++) {
      int current = shard;
      setShard.accept(shard);
      held.keys().forEachRemaining(offset -> places.add(new Place(offset, current)));
    }
  }

  /** The window that is being read. */
  public OffsetWindow window() {
    return window;
  }

  /** How many documents are held. */
  public int size() {
    return places.size();
  }

  /** Holds a document of the shard whose key is the current one. */
  public void hold(TrunkEvent event) {
    held.put(event.offset(), event);
    places.add(new Place(event.offset(), event.shard()));
  }

  /** Lets go all that is held, whatever has been read. */
  public void releaseAll(Consumer<TrunkEvent> to) {
    release(Long.MAX_VALUE, to);
  }

  /** A partition has been read that far. */
  public void read(OffsetWindow.Mark mark) {
    window = window.behind(mark);
  }

  /**
   * Lets go the documents of the next window that has any, each under its shard's key, and opens
   * the window behind it.
   *
   * @return whether there were any
   */
  public boolean release(Consumer<TrunkEvent> to) {
    boolean isAny = false;
    while (window.isRead() && !isAny) {
      isAny = release(window.end(), to);
      window = window.next(size);
    }
    return isAny;
  }

  private boolean release(long end, Consumer<TrunkEvent> to) {
    boolean isAny = false;
    while (!places.isEmpty() && places.first().offset() < end) {
      Place place = places.first();
      places.remove(place);
      setShard.accept(place.shard());
      to.accept(Objects.requireNonNull(held.get(place.offset()), "held"));
      held.remove(place.offset());
      isAny = true;
    }
    return isAny;
  }
}
