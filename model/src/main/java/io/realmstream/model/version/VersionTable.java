package io.realmstream.model.version;

import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All versions, folded from the log of proposals. Whoever folds the same log has the same table, so
 * nobody leads. Changes of state that are possible:
 *
 * <pre>
 *   (none)   -> BUILDING   with the checkpoint; one BUILDING at a time; numbers follow each other
 *   (none)   -> REFUSED    with the checkpoint and the reason
 *   BUILDING -> READY      its documents are complete
 *   BUILDING -> ACTIVE     only while no version is ACTIVE: there is nothing to protect
 *   ACTIVE   -> READY      marks an ACTIVE version complete; it stays ACTIVE
 *   READY    -> ACTIVE     the one ACTIVE before steps back: to READY when complete, else PAUSED
 *   BUILDING -> PAUSED     and back, while no other is BUILDING
 *   BUILDING, PAUSED, READY -> RETIRED ;  BUILDING, PAUSED -> REFUSED
 * </pre>
 *
 * @param versions ascending, numbered from 1 without a gap
 * @param proposals ids of every proposal seen, ignored ones too, so that a repetition never counts;
 *     bounded by the log itself, a handful for each version
 */
public record VersionTable(List<VersionEntry> versions, List<String> proposals) {
  public static final VersionTable EMPTY = new VersionTable(List.of(), List.of());

  /**
   * A step of the fold.
   *
   * @param ignored why the proposal changed nothing; null when it was applied
   */
  public record Step(VersionTable table, @Nullable String ignored) {}

  public VersionTable {
    versions = List.copyOf(versions);
    proposals = List.copyOf(proposals);
  }

  /** The version that queries are answered from; null when there is none. */
  public @Nullable VersionEntry active() {
    return in(VersionState.ACTIVE);
  }

  /** The version with the largest number; null when there is none. */
  public @Nullable VersionEntry newest() {
    return versions.isEmpty() ? null : versions.get(versions.size() - 1);
  }

  /** The version of that number; null when there is none. */
  public @Nullable VersionEntry get(int version) {
    return version < 1 || version > versions.size() ? null : versions.get(version - 1);
  }

  /** Every version for which documents are embedded, ascending. */
  public List<VersionEntry> written() {
    return versions.stream().filter(VersionEntry::written).toList();
  }

  /** Compare and set: the table after {@code proposal}, or this table's versions and the reason. */
  public Step apply(VersionProposal proposal) {
    if (proposals.contains(proposal.proposalId())) {
      return new Step(this, "repetition of proposal " + proposal.proposalId());
    }
    List<String> seen = new ArrayList<>(proposals);
    seen.add(proposal.proposalId());
    VersionEntry current = get(proposal.version());
    RetrieverCheckpoint checkpoint = current == null ? proposal.checkpoint() : current.checkpoint();
    String refusal = current == null ? refusalOfNew(proposal) : refusal(current, proposal);
    if (refusal != null || checkpoint == null) {
      return new Step(new VersionTable(versions, seen), refusal == null ? NO_CHECKPOINT : refusal);
    }
    return new Step(new VersionTable(changed(proposal, checkpoint), seen), null);
  }

  private static final String NO_CHECKPOINT = "a version's first proposal carries its checkpoint";

  private @Nullable String refusalOfNew(VersionProposal proposal) {
    if (proposal.from() != null) {
      return "version " + proposal.version() + " does not exist, expected in " + proposal.from();
    }
    if (proposal.version() != versions.size() + 1) {
      return "the next version is " + (versions.size() + 1) + ", not " + proposal.version();
    }
    return switch (proposal.to()) {
      case REFUSED -> null;
      case BUILDING -> onlyOne(VersionState.BUILDING);
      default -> "a version begins BUILDING or REFUSED, not " + proposal.to();
    };
  }

  private @Nullable String refusal(VersionEntry current, VersionProposal proposal) {
    VersionState state = current.state();
    if (state != proposal.from()) {
      return "version " + current.version() + " is " + state + ", expected " + proposal.from();
    }
    boolean possible =
        switch (proposal.to()) {
          case BUILDING -> state == VersionState.PAUSED;
          case READY -> state == VersionState.BUILDING || state == VersionState.ACTIVE;
          case ACTIVE -> state == VersionState.BUILDING || state == VersionState.READY;
          case PAUSED -> state == VersionState.BUILDING;
          case RETIRED -> current.written() && state != VersionState.ACTIVE;
          case REFUSED -> state == VersionState.BUILDING || state == VersionState.PAUSED;
        };
    if (!possible) {
      return "version " + current.version() + " cannot go from " + state + " to " + proposal.to();
    }
    if (state == VersionState.ACTIVE && current.complete()) {
      return "version " + current.version() + " is ACTIVE and complete already";
    }
    if (proposal.to() == VersionState.ACTIVE && state == VersionState.BUILDING) {
      return onlyOne(VersionState.ACTIVE);
    }
    return proposal.to() == VersionState.BUILDING ? onlyOne(VersionState.BUILDING) : null;
  }

  private @Nullable String onlyOne(VersionState state) {
    VersionEntry there = in(state);
    return there == null ? null : "version " + there.version() + " is " + state + " already";
  }

  private List<VersionEntry> changed(VersionProposal proposal, RetrieverCheckpoint checkpoint) {
    List<VersionEntry> next = new ArrayList<>();
    for (VersionEntry entry : versions) {
      next.add(
          proposal.to() == VersionState.ACTIVE && entry.state() == VersionState.ACTIVE
              ? superseded(entry, proposal)
              : entry);
    }
    VersionEntry current = get(proposal.version());
    boolean marksActive = proposal.from() == VersionState.ACTIVE;
    VersionEntry changed =
        new VersionEntry(
            proposal.version(),
            marksActive ? VersionState.ACTIVE : proposal.to(),
            proposal.to() == VersionState.READY || (current != null && current.complete()),
            checkpoint,
            proposal.reason(),
            proposal.at());
    if (current == null) {
      next.add(changed);
    } else {
      next.set(proposal.version() - 1, changed);
    }
    return next;
  }

  private static VersionEntry superseded(VersionEntry entry, VersionProposal proposal) {
    return new VersionEntry(
        entry.version(),
        entry.complete() ? VersionState.READY : VersionState.PAUSED,
        entry.complete(),
        entry.checkpoint(),
        "superseded by version " + proposal.version(),
        proposal.at());
  }

  private @Nullable VersionEntry in(VersionState state) {
    return versions.stream().filter(entry -> entry.state() == state).findFirst().orElse(null);
  }
}
