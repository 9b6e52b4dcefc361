package io.realmstream.jobs.retriever;

import io.realmstream.model.index.Search;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The searches of the requests that a subtask met last, so that what was found on one shard spares
 * work on the next: a hit that k better ones were already sent ahead of cannot be among the
 * answer's best. Partials of one request leave a subtask in order and meet in one merge, so whoever
 * has a later one has the earlier ones, too.
 *
 * <p>Bounded: {@value #REQUESTS} requests. One that was forgotten too early only finds more than is
 * needed.
 */
final class RunningSearches {
  private static final int REQUESTS = 128;

  private record Key(String request, int version, int partition, int k) {}

  private final Map<Key, Search> searches =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Search> eldest) {
          return size() > REQUESTS;
        }
      };

  private final Unsettled unsettled;

  /**
   * @param unsettled how many hits to find beyond what a probe asks for
   */
  RunningSearches(Unsettled unsettled) {
    this.unsettled = unsettled;
  }

  /** The search of the probe's request. */
  Search of(Probe probe, long nowMs) {
    Key key = new Key(probe.request(), probe.version(), probe.partition(), probe.k());
    return searches.computeIfAbsent(
        key,
        missing -> new Search(probe.vector(), probe.k() + unsettled.of(probe.version(), nowMs)));
  }
}
