package io.realmstream.model.version;

import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import org.jspecify.annotations.Nullable;

/** Which proposals a table takes: the changes of state that {@link VersionTable} lists. */
final class VersionRules {
  private VersionRules() {}

  /** Why the table does not take the proposal; null when it does. */
  static @Nullable String refusal(VersionTable table, VersionProposal proposal) {
    VersionEntry current = table.get(proposal.version());
    return current == null ? ofNew(table, proposal) : ofKnown(table, current, proposal);
  }

  private static @Nullable String ofNew(VersionTable table, VersionProposal proposal) {
    if (proposal.change().from() != null) {
      return "version "
          + proposal.version()
          + " does not exist, expected in "
          + proposal.change().from();
    }
    int next = table.count() + 1;
    if (proposal.version() != next) {
      return "the next version is " + next + ", not " + proposal.version();
    }
    RetrieverCheckpoint checkpoint = proposal.checkpoint();
    if (checkpoint == null) {
      return "a version's first proposal carries its checkpoint";
    }
    Integer index = proposal.index();
    String unusable = index == null ? null : ofIndex(table, index, checkpoint);
    if (unusable != null) {
      return unusable;
    }
    return switch (proposal.change().to()) {
      case REFUSED -> null;
      case BUILDING -> onlyOne(table.building());
      case READY ->
          index != null && isComplete(table, index)
              ? null
              : "a version begins READY only on a complete index";
      default -> "a version begins BUILDING, READY or REFUSED, not " + proposal.change().to();
    };
  }

  private static @Nullable String ofIndex(
      VersionTable table, int index, RetrieverCheckpoint checkpoint) {
    VersionEntry builder = table.get(index);
    if (builder == null || !builder.builds() || !table.isIndexWritten(index)) {
      return "there is no index " + index;
    }
    boolean same =
        TowerDigest.of(builder.checkpoint().documentTower())
            .equals(TowerDigest.of(checkpoint.documentTower()));
    return same ? null : "index " + index + " is of another document tower";
  }

  private static boolean isComplete(VersionTable table, int index) {
    return table.written().stream().anyMatch(entry -> entry.index() == index && entry.complete());
  }

  private static @Nullable String ofKnown(
      VersionTable table, VersionEntry current, VersionProposal proposal) {
    VersionState state = current.state();
    if (state != proposal.change().from()) {
      return "version "
          + current.version()
          + " is "
          + state
          + ", expected "
          + proposal.change().from();
    }
    VersionEntry active = table.active();
    boolean shares = active != null && active.index() == current.index();
    boolean possible =
        switch (proposal.change().to()) {
          case BUILDING -> state == VersionState.PAUSED;
          case READY -> state == VersionState.BUILDING || state == VersionState.ACTIVE;
          case ACTIVE ->
              state == VersionState.BUILDING
                  || state == VersionState.READY
                  || (state == VersionState.PAUSED && shares);
          case PAUSED -> state == VersionState.BUILDING;
          case RETIRED -> current.written() && state != VersionState.ACTIVE;
          case REFUSED ->
              state == VersionState.BUILDING
                  || state == VersionState.PAUSED
                  || (state == VersionState.ACTIVE && !current.complete());
        };
    if (!possible) {
      return "version "
          + current.version()
          + " cannot go from "
          + state
          + " to "
          + proposal.change().to();
    }
    if (state == VersionState.ACTIVE && current.complete()) {
      return "version " + current.version() + " is ACTIVE and complete already";
    }
    if (proposal.change().to() == VersionState.ACTIVE
        && state == VersionState.BUILDING
        && !shares) {
      return onlyOne(active);
    }
    return proposal.change().to() == VersionState.BUILDING ? onlyOne(table.building()) : null;
  }

  private static @Nullable String onlyOne(@Nullable VersionEntry there) {
    return there == null
        ? null
        : "version " + there.version() + " is " + there.state() + " already";
  }
}
