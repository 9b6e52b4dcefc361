package io.realmstream.deploy.wikipedia.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new connection goes on where the last one ended. A server that no longer has those
 * events begins at its oldest one, and does not say so.
 *
 * <p>A feed that resumes repeats its last event. So a partition has a gap if the offset of its
 * first event is beyond the next one. Where offsets are not known, the time of the first event
 * decides.
 */
final class Seam {
  /** How far events may be apart, and out of order. */
  static final Duration TOLERANCE = Duration.ofSeconds(60);

  private final Position position;
  private final Set<String> checked = new HashSet<>();
  private boolean timeChecked;

  /**
   * @param position before the connection
   */
  Seam(Position position) {
    this.position = position;
  }

  /** To be asked for each event of the connection; null = nothing is missing before it. */
  @Nullable Gap before(Glance glance) {
    Instant time = glance.time();
    if (time == null || position.time() == null) {
      return null;
    }
    if (position.partitions().isEmpty()) {
      return beforeFirst(position.time(), time);
    }
    if (glance.place() == null) {
      return null;
    }
    Position.Last last = position.partitions().get(glance.place().partition());
    boolean first = checked.add(glance.place().partition());
    return first && last != null && glance.place().offset() > last.offset() + 1
        ? new Gap(last.time(), time)
        : null;
  }

  /** What came before the time asked for may have come out of order. */
  private @Nullable Gap beforeFirst(Instant asked, Instant first) {
    if (timeChecked) {
      return null;
    }
    timeChecked = true;
    return first.isAfter(asked.plus(TOLERANCE)) ? new Gap(asked.minus(TOLERANCE), first) : null;
  }
}
