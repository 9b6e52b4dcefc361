package io.realmstream.model.serving;

import io.realmstream.model.state.Table;
import io.realmstream.schemas.vectors.Heartbeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last heartbeat of each subtask of the updater, as a document shard has heard them.
 *
 * @param beats by subtask; one entry each, of one run
 */
public record LastHeartbeats(Table<Integer, Heartbeat> beats) {

  /**
   * Takes in a heartbeat. One of an earlier run is ignored, one of a later run takes the place of
   * all before.
   *
   * @return through when all subtasks have published; null = unknown, or the heartbeat was ignored
   */
  public @Nullable Instant add(Heartbeat beat) {
    List<Heartbeat> known = all();
    if (known.stream().anyMatch(other -> other.run() > beat.run())) {
      return null;
    }
    for (Heartbeat other : known) {
      if (other.run() < beat.run()) {
        beats.remove(other.subtask());
      }
    }
    beats.put(beat.subtask(), beat);
    List<Heartbeat> now = all();
    return now.size() < beat.subtasks()
        ? null
        : now.stream().map(Heartbeat::through).min(Instant::compareTo).orElseThrow();
  }

  private List<Heartbeat> all() {
    List<Heartbeat> all = new ArrayList<>();
    for (Iterator<Integer> subtasks = beats.keys(); subtasks.hasNext(); ) {
      Heartbeat beat = beats.get(subtasks.next());
      if (beat != null) {
        all.add(beat);
      }
    }
    return all;
  }
}
