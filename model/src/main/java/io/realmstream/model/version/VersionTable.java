package io.realmstream.model.version;

import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All versions, folded from the log of proposals. Whoever folds the same log has the same table, so
 * nobody leads. Changes of state that are possible:
 *
 * <pre>
 *   (none)   -> BUILDING   with the checkpoint; one BUILDING at a time; numbers follow each other
 *   (none)   -> READY      with the checkpoint, on the complete index of another version
 *   (none)   -> REFUSED    with the checkpoint and the reason
 *   BUILDING -> READY      its documents are complete, and so is every version of its index
 *   BUILDING -> ACTIVE     while no version is ACTIVE, or one of its index: nothing to protect
 *   ACTIVE   -> READY      marks an ACTIVE version complete; it stays ACTIVE
 *   ACTIVE   -> REFUSED    says why an ACTIVE version does not become complete; it stays ACTIVE
 *   READY    -> ACTIVE     the one ACTIVE before steps back: to READY when complete, else PAUSED
 *   BUILDING -> PAUSED     and back, while no other is BUILDING
 *   PAUSED   -> ACTIVE     while a version of its index is ACTIVE
 *   BUILDING, PAUSED, READY -> RETIRED ;  BUILDING, PAUSED -> REFUSED
 * </pre>
 *
 * <p>A version has its own passage vectors, its <i>index</i>, or uses those of an older version of
 * the same document tower. An index is written until the last version that uses it is RETIRED.
 *
 * <p>The table is in the state of each document shard, so it is bounded, however long the log gets.
 *
 * @param versions ascending, numbered from 1; of those that nobody needs any more, because no
 *     version that is written uses their index, the newest {@value #ENDED_MAX}
 * @param proposals ids of the newest {@value #PROPOSALS_MAX} proposals, ignored ones too, so that a
 *     repetition does not count: a producer repeats what it sent last
 */
public record VersionTable(List<VersionEntry> versions, List<String> proposals) {
  public static final VersionTable EMPTY = new VersionTable(List.of(), List.of());

  /** Versions to look back at: what was refused lately, and why. */
  static final int ENDED_MAX = 64;

  /** Many times what any producer has under way. */
  static final int PROPOSALS_MAX = 256;

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

  /**
   * The version that answered before the ACTIVE one, is older and could answer again at once; null
   * when there is none.
   */
  public @Nullable VersionEntry predecessor() {
    VersionEntry active = active();
    VersionEntry found = null;
    Instant last = Instant.MIN;
    for (VersionEntry entry : versions) {
      Instant activated = entry.activated();
      boolean isOlder = active != null && entry.version() < active.version();
      boolean couldAnswer = isOlder && entry.state() == VersionState.READY;
      if (couldAnswer && activated != null && !activated.isBefore(last)) {
        found = entry;
        last = activated;
      }
    }
    return found;
  }

  /** The version that is being built; null when there is none. */
  public @Nullable VersionEntry building() {
    return in(VersionState.BUILDING);
  }

  /** The version with the largest number; null when there is none. */
  public @Nullable VersionEntry newest() {
    return versions.isEmpty() ? null : versions.get(versions.size() - 1);
  }

  /** How many versions there ever were: the number of the newest. */
  public int count() {
    VersionEntry newest = newest();
    return newest == null ? 0 : newest.version();
  }

  /** The version of that number; null when there is none, or none any more. */
  public @Nullable VersionEntry get(int version) {
    return versions.stream().filter(entry -> entry.version() == version).findFirst().orElse(null);
  }

  /**
   * The version that shall serve, when all goes well: the newest that is on its way to it, else the
   * ACTIVE one; null when there is neither.
   */
  public @Nullable VersionEntry goal() {
    VersionEntry active = active();
    for (int i = versions.size() - 1; i >= 0; i--) {
      VersionEntry entry = versions.get(i);
      boolean newer = active == null || entry.version() > active.version();
      if (entry.written() && newer && entry.activated() == null) {
        return entry;
      }
    }
    return active;
  }

  /** Every version for which documents are embedded, ascending. */
  public List<VersionEntry> written() {
    return versions.stream().filter(VersionEntry::written).toList();
  }

  /** Every index for which documents are embedded, as the version that built it, ascending. */
  public List<VersionEntry> indexes() {
    return versions.stream()
        .filter(entry -> entry.builds() && isIndexWritten(entry.version()))
        .toList();
  }

  /** Whether a version that uses that index is written. */
  public boolean isIndexWritten(int index) {
    return versions.stream().anyMatch(entry -> entry.index() == index && entry.written());
  }

  /** Whether all versions of that index are PAUSED, so that nothing is to be built for it. */
  public boolean isIndexPaused(int index) {
    return versions.stream()
        .filter(entry -> entry.index() == index && entry.written())
        .allMatch(entry -> entry.state() == VersionState.PAUSED);
  }

  /** Compare and set: the table after {@code proposal}, or this table's versions and the reason. */
  public Step apply(VersionProposal proposal) {
    if (proposals.contains(proposal.proposalId())) {
      return new Step(this, "repetition of proposal " + proposal.proposalId());
    }
    List<String> seen = new ArrayList<>(newest(proposals, PROPOSALS_MAX - 1));
    seen.add(proposal.proposalId());
    String refusal = VersionRules.refusal(this, proposal);
    return refusal == null
        ? new Step(new VersionTable(needed(changed(proposal)), seen), null)
        : new Step(new VersionTable(versions, seen), refusal);
  }

  private List<VersionEntry> changed(VersionProposal proposal) {
    VersionEntry current = get(proposal.version());
    VersionEntry changed =
        current == null
            ? first(proposal)
            : current.in(
                proposal.change().from() == VersionState.ACTIVE
                    ? VersionState.ACTIVE
                    : proposal.change().to(),
                proposal);
    List<VersionEntry> next = new ArrayList<>();
    for (VersionEntry entry : versions) {
      boolean isChanged = entry.version() == proposal.version();
      next.add(isChanged ? changed : beside(entry, changed, proposal));
    }
    if (current == null) {
      next.add(changed);
    } else if (proposal.change().to() == VersionState.READY) {
      next.set(next.indexOf(changed), changed.completed(changed.state()));
    }
    return next;
  }

  /** Those whose index is written, and of the others the newest. */
  private static List<VersionEntry> needed(List<VersionEntry> all) {
    Set<Integer> written = new HashSet<>();
    for (VersionEntry entry : all) {
      if (entry.written()) {
        written.add(entry.index());
      }
    }
    List<Integer> ended =
        all.stream()
            .filter(entry -> !written.contains(entry.index()))
            .map(VersionEntry::version)
            .toList();
    Set<Integer> kept = new HashSet<>(newest(ended, ENDED_MAX));
    return all.stream()
        .filter(entry -> written.contains(entry.index()) || kept.contains(entry.version()))
        .toList();
  }

  private static <T> List<T> newest(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  private static VersionEntry first(VersionProposal proposal) {
    RetrieverCheckpoint checkpoint = proposal.checkpoint();
    if (checkpoint == null) {
      throw new IllegalStateException("the rules let no version begin without its checkpoint");
    }
    Integer index = proposal.index();
    return new VersionEntry(
        proposal.version(),
        index == null ? proposal.version() : index,
        proposal.change().to(),
        proposal.change().to() == VersionState.READY,
        checkpoint,
        proposal.reason(),
        proposal.at(),
        null);
  }

  /** What a change does to the other versions. */
  private static VersionEntry beside(
      VersionEntry entry, VersionEntry changed, VersionProposal proposal) {
    VersionState state = entry.state();
    if (proposal.change().to() == VersionState.ACTIVE && state == VersionState.ACTIVE) {
      return entry.in(
          entry.complete() ? VersionState.READY : VersionState.PAUSED,
          proposal.withReason("superseded by version " + proposal.version()));
    }
    boolean completes =
        proposal.change().to() == VersionState.READY
            && entry.index() == changed.index()
            && entry.written();
    boolean waited = state == VersionState.BUILDING || state == VersionState.PAUSED;
    return completes ? entry.completed(waited ? VersionState.READY : state) : entry;
  }

  private @Nullable VersionEntry in(VersionState state) {
    return versions.stream().filter(entry -> entry.state() == state).findFirst().orElse(null);
  }
}
