package io.realmstream.model.version;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the system itself proposes; people may propose the like.
 *
 * @param switchesItself whether a version that is READY becomes ACTIVE without a command
 * @param rollbackWindow how long a superseded version is kept up to date; of trials only the one
 *     before the version in force
 */
public record VersionPolicy(boolean switchesItself, Duration rollbackWindow) {

  /**
   * A change to propose.
   *
   * @param from null for a new version, which has a checkpoint
   * @param index whose passage vectors a new version uses; null = its own
   */
  public record Move(
      int version,
      @Nullable VersionState from,
      VersionState to,
      @Nullable String reason,
      @Nullable RetrieverCheckpoint checkpoint,
      @Nullable Integer index) {}

  /** What is due whatever arrives: a switch, or a superseded version's end; null = nothing. */
  public @Nullable Move due(VersionTable table, Instant now) {
    VersionEntry active = table.active();
    VersionEntry building = table.building();
    if (active == null) {
      return building == null ? null : change(building, VersionState.ACTIVE, "none is ACTIVE");
    }
    VersionEntry goal = table.goal();
    if (switchesItself && goal != null && goal.state() == VersionState.READY) {
      return change(goal, VersionState.ACTIVE, "it is READY");
    }
    if (switchesItself && building != null && building.index() == active.index()) {
      return change(building, VersionState.ACTIVE, RefreshPlan.QUERY_SIDE_ONLY.reason());
    }
    for (VersionEntry entry : table.written()) {
      if (isOver(entry, active, now)) {
        return change(entry, VersionState.RETIRED, "superseded for " + rollbackWindow);
      }
      String end = entry.checkpoint().isTrial() ? endOfTrial(table, entry, active) : null;
      if (end != null) {
        return change(entry, VersionState.RETIRED, end);
      }
    }
    return null;
  }

  /**
   * What makes a checkpoint that can be used a version, or makes room for it: a release displaces a
   * trial that is being built; null = it waits for another.
   */
  public @Nullable Move begin(VersionTable table, RetrieverCheckpoint checkpoint) {
    VersionEntry active = table.active();
    VersionEntry goal = table.goal();
    if (goal != null && goal.state() != VersionState.ACTIVE && !goal.complete()) {
      boolean displaces = goal.checkpoint().isTrial() && !checkpoint.isTrial();
      return displaces ? change(goal, VersionState.RETIRED, "displaced by a release") : null;
    }
    RefreshPlan plan = RefreshPlan.between(active == null ? null : active.checkpoint(), checkpoint);
    VersionEntry same = sameTower(table, checkpoint);
    if (same == null) {
      return new Move(
          next(table), null, VersionState.BUILDING, reason(plan, checkpoint), checkpoint, null);
    }
    return new Move(
        next(table),
        null,
        same.complete() ? VersionState.READY : VersionState.BUILDING,
        reason(RefreshPlan.QUERY_SIDE_ONLY, checkpoint),
        checkpoint,
        same.index());
  }

  private static String reason(RefreshPlan plan, RetrieverCheckpoint checkpoint) {
    return checkpoint.isTrial() ? "a trial: " + plan.reason() : plan.reason();
  }

  /** What notes that a checkpoint cannot be used. */
  public static Move refuse(VersionTable table, RetrieverCheckpoint checkpoint, String reason) {
    return new Move(next(table), null, VersionState.REFUSED, reason, checkpoint, null);
  }

  /** The ACTIVE version built anew, on vectors of its own; null without one. */
  public static @Nullable Move rebuild(VersionTable table) {
    VersionEntry active = table.active();
    return active == null
        ? null
        : new Move(next(table), null, VersionState.BUILDING, "rebuild", active.checkpoint(), null);
  }

  /** Superseded, or overtaken on its way, for longer than the window. */
  private boolean isOver(VersionEntry entry, VersionEntry active, Instant now) {
    boolean aside = entry.state() == VersionState.READY || entry.state() == VersionState.PAUSED;
    boolean superseded = entry.activated() != null || entry.version() < active.version();
    Instant switched = active.activated();
    Instant from = switched != null && switched.isAfter(entry.since()) ? switched : entry.since();
    return aside && superseded && !from.plus(rollbackWindow).isAfter(now);
  }

  /** Why a trial that is READY had its time; null = it had not. */
  private static @Nullable String endOfTrial(
      VersionTable table, VersionEntry trial, VersionEntry active) {
    if (trial.state() != VersionState.READY || trial.equals(table.predecessor())) {
      return null;
    }
    if (trial.activated() != null || trial.version() < active.version()) {
      return "a trial that is not the one before version " + active.version();
    }
    return table.versions().stream()
        .filter(later -> later.version() > trial.version() && later.written() && later.complete())
        .findFirst()
        .map(later -> "a trial that version %d overtook".formatted(later.version()))
        .orElse(null);
  }

  /** A version whose vectors can be used: the ACTIVE one first, else the newest. */
  private static @Nullable VersionEntry sameTower(
      VersionTable table, RetrieverCheckpoint checkpoint) {
    Hash128 tower = TowerDigest.of(checkpoint.documentTower());
    VersionEntry found = null;
    for (VersionEntry entry : table.written()) {
      boolean same = TowerDigest.of(entry.checkpoint().documentTower()).equals(tower);
      boolean better = found == null || found.state() != VersionState.ACTIVE;
      if (same && better && (entry.complete() || entry.state() == VersionState.ACTIVE)) {
        found = entry;
      }
    }
    return found;
  }

  private static Move change(VersionEntry entry, VersionState to, String reason) {
    return new Move(entry.version(), entry.state(), to, reason, null, null);
  }

  private static int next(VersionTable table) {
    return table.count() + 1;
  }
}
