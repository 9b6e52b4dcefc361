package io.realmstream.model.updating.publish;

import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ManifestDiff;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.updating.reuse.TrunkOutputs;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.EditProgress;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.document.PassageChanges;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.document.VectorCounts;
import io.realmstream.schemas.vectors.DocumentRevision;
import io.realmstream.schemas.vectors.EditTimes;
import io.realmstream.schemas.vectors.ManifestEntry;
import io.realmstream.schemas.vectors.PassageInsert;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RecordPart;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what became of edits: vectors, status, dead letters, and the published state that goes
 * with them.
 */
public final class Publisher {
  private final UpdaterOutput output;
  private final String proposer;
  private final LongSupplier clockMs;
  private final boolean tellsTrunks;

  /** One whose passages do not tell what their vectors are projections of. */
  public Publisher(UpdaterOutput output, String proposer, LongSupplier clockMs) {
    this(output, proposer, clockMs, false);
  }

  /**
   * @param proposer who proposes to refuse a version
   * @param clockMs tells the time in ms
   * @param tellsTrunks whether passages tell what their vectors are projections of
   */
  public Publisher(
      UpdaterOutput output, String proposer, LongSupplier clockMs, boolean tellsTrunks) {
    this.output = output;
    this.proposer = proposer;
    this.clockMs = clockMs;
    this.tellsTrunks = tellsTrunks;
  }

  /** A message about a shard as a whole, behind what was published of it. */
  public void tell(Shard shard, VectorMessage message) {
    output.shard(shard.number(), message);
  }

  /** A revision all of whose passages have vectors; it fails if no record can carry it. */
  public void publish(EmbedWork work) {
    EmbedWork.Order order = work.order();
    Shard shard = order.shard();
    ReceivedEdit received = order.wanted().received();
    List<PassageInsert> inserts = work.inserts(tellsTrunks);
    String excess = Parts.excess(received.edit().title(), work.diff().manifest(), inserts);
    if (excess != null) {
      fail(work, excess);
      return;
    }
    PublishedDocument before = shard.published(order.id(), order.version());
    ManifestDiff diff = work.diff();
    DocumentState state = order.wanted().state();
    boolean again = before != null && state.equals(before.published());
    // to a reader that has lost it, it is new
    Outcome outcome = again ? Outcome.ADDED : outcome(before, diff);
    List<Hash128> truncated = truncated(before, work);
    PublishedDocument after = new PublishedDocument(state, state, diff.manifest(), truncated);
    shard.publish(order.id(), order.version(), after);
    shard
        .trunks()
        .keep(
            shard.versions(),
            new DocumentInVersion(order.id(), order.version()),
            new TrunkOutputs.Gain(work.trunkOutputs(), diff.removed()));
    Content content = new Content(outcome, diff.removed().size(), after, work);
    output.vectors(record(received, order.version(), content), again);
    if (again) {
      output.countRepublished();
    } else {
      output.count(outcome);
    }
  }

  /**
   * Publishes the manifest of a document whose edit in force failed once more: what was published
   * before it stays. Vectors cannot be sent again: the text of that revision is gone.
   */
  public void republishManifest(Shard shard, String id, int version, PublishedDocument published) {
    DocumentState state = published.published();
    if (state == null) {
      return;
    }
    DocumentEdit edit =
        new DocumentEdit(
            id, state.revision(), EditKind.UPSERT, "", "", true, null, Provenance.NONE);
    Instant now = Instant.ofEpochMilli(clockMs.getAsLong());
    ReceivedEdit received = new ReceivedEdit(edit, shard.number(), 0, 0, 0, now);
    Content content = new Content(Outcome.UNCHANGED, 0, published, null);
    output.vectors(record(received, version, content), true);
  }

  /** A revision that the model cannot embed: what is published stays. */
  public void fail(EmbedWork work, String reason) {
    EmbedWork.Order order = work.order();
    Shard shard = order.shard();
    ReceivedEdit received = order.wanted().received();
    PublishedDocument before = shard.published(order.id(), order.version());
    shard.publish(
        order.id(), order.version(), PublishedDocument.failed(before, order.wanted().state()));
    output.deadLetter(received, reason);
    output.status(status(shard, received, order.version(), new Fate(Outcome.FAILED, reason)));
    output.count(Outcome.FAILED);
  }

  /** A deletion, which needs no vectors. */
  public void delete(Shard shard, ReceivedEdit received, DocumentState order) {
    DocumentEdit edit = received.edit();
    List<VersionEntry> versions = shard.versions().indexes();
    for (VersionEntry entry : versions) {
      PublishedDocument before = shard.published(edit.id(), entry.version());
      int removed = before == null ? 0 : before.manifest().size();
      shard.trunks().drop(shard.versions(), new DocumentInVersion(edit.id(), entry.version()));
      shard.unpublish(new DocumentInVersion(edit.id(), entry.version()));
      PublishedDocument nothing = PublishedDocument.deleted(order);
      Content content = new Content(Outcome.DELETED, removed, nothing, null);
      output.vectors(record(received, entry.version(), content), false);
    }
    if (versions.isEmpty()) {
      output.status(status(shard, received, 0, new Fate(Outcome.DELETED, null)));
    }
    output.count(Outcome.DELETED);
  }

  /** A deletion of before, in a version that begins or is published once more. */
  public void deleteAgain(Shard shard, int version, String id, DocumentState deleted) {
    DocumentEdit edit = DocumentEdit.deletion(id, deleted.revision());
    Instant now = Instant.ofEpochMilli(clockMs.getAsLong());
    ReceivedEdit received = new ReceivedEdit(edit, shard.number(), 0, 0, 0, now);
    Content content = new Content(Outcome.DELETED, 0, PublishedDocument.deleted(deleted), null);
    output.vectors(record(received, version, content), true);
  }

  /** The published revision once more, for whoever sent it again. */
  public void repeat(ReceivedEdit received, int version, PublishedDocument published) {
    Content content = new Content(Outcome.UNCHANGED, 0, published, null);
    output.vectors(record(received, version, content), false);
    output.count(Outcome.UNCHANGED);
  }

  /** A revision that failed before, for whoever sent it again. */
  public void failedBefore(Shard shard, ReceivedEdit received, int version) {
    output.status(
        status(
            shard,
            received,
            version,
            new Fate(Outcome.FAILED, "failed before; only a newer revision helps")));
    output.count(Outcome.FAILED);
  }

  /** An edit that comes too late. */
  public void stale(Shard shard, ReceivedEdit received, String reason) {
    VersionEntry active = shard.versions().active();
    int version = active == null ? 0 : active.index();
    output.status(status(shard, received, version, new Fate(Outcome.STALE, reason)));
    output.count(Outcome.STALE);
  }

  /** Proposes to refuse a version that failed a shard's self-check, and says why. */
  public void proposeRefusal(Shard shard, VersionEntry entry, String reason) {
    Instant now = Instant.ofEpochMilli(clockMs.getAsLong());
    // the state is part of the id: within a millisecond the version may have had another
    String id = "%s %d shard %d from %s %s";
    output.proposal(
        new VersionProposal(
            id.formatted(proposer, entry.version(), shard.number(), entry.state(), now),
            entry.version(),
            new StateChange(entry.state(), VersionState.REFUSED),
            proposer,
            reason,
            null,
            null,
            now));
  }

  /** A shard failed its self-check. */
  public void countSelfCheckFailed() {
    output.countSelfCheckFailed();
  }

  /** What is published; without work there is no vector in it. */
  private record Content(
      Outcome outcome, int removed, PublishedDocument document, @Nullable EmbedWork work) {
    Hash128 edit() {
      DocumentState published = document.published();
      return published == null ? DocumentRevision.NO_EDIT : published.tie();
    }

    int count(KnownOutputs.Effort effort) {
      return work == null ? 0 : work.count(effort);
    }
  }

  private static Outcome outcome(@Nullable PublishedDocument before, ManifestDiff diff) {
    if (before == null || before.published() == null) {
      return Outcome.ADDED;
    }
    return diff.inserts().isEmpty() && diff.removed().isEmpty()
        ? Outcome.UNCHANGED
        : Outcome.UPDATED;
  }

  private static List<Hash128> truncated(@Nullable PublishedDocument before, EmbedWork work) {
    Set<Hash128> embedded =
        work.inserts(false).stream().map(PassageInsert::uid).collect(Collectors.toSet());
    List<Hash128> truncated = new ArrayList<>(work.truncated());
    if (before != null) {
      Set<Hash128> kept =
          work.diff().manifest().stream().map(ManifestEntry::uid).collect(Collectors.toSet());
      before.truncated().stream()
          .filter(uid -> kept.contains(uid) && !embedded.contains(uid))
          .forEach(truncated::add);
    }
    return truncated;
  }

  private PassageVectors record(ReceivedEdit received, int version, Content content) {
    DocumentEdit edit = received.edit();
    return new PassageVectors(
        edit.id(),
        received.shard(),
        version,
        new DocumentRevision(
            received.revision(),
            content.edit(),
            content.outcome(),
            edit.title(),
            new EditTimes(
                edit.eventTime(), received.readAt(), Instant.ofEpochMilli(clockMs.getAsLong())),
            content.removed(),
            new VectorCounts(
                content.document().truncated().size(),
                content.count(KnownOutputs.Effort.EMBEDDED),
                content.count(KnownOutputs.Effort.REPROJECTED),
                content.count(KnownOutputs.Effort.REUSED)),
            edit.provenance()),
        RecordPart.WHOLE,
        content.document().manifest(),
        content.work() == null ? List.of() : content.work().inserts(tellsTrunks));
  }

  /** What became of an edit that will never be answerable, and why. */
  private record Fate(Outcome outcome, @Nullable String reason) {}

  private static DocumentStatus status(Shard shard, ReceivedEdit received, int version, Fate fate) {
    PublishedDocument published = shard.published(received.edit().id(), version);
    int passages = published == null ? 0 : published.manifest().size();
    int truncated = published == null ? 0 : published.truncated().size();
    return new DocumentStatus(
        received.edit().id(),
        received.revision(),
        fate.outcome(),
        fate.reason(),
        PassageChanges.unchanged(passages),
        VectorCounts.ofTruncated(truncated),
        version,
        new EditProgress(received.readAt(), null, null));
  }
}
