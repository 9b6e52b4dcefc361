package io.realmstream.model.updating.schedule;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.publish.AcceptedBacklog;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.publish.UpdaterOutput;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.document.EditKind;
import java.util.Objects;

/** Decides about each edit that arrives, and hands it on. */
public final class DocumentGate {
  private final Publisher publisher;
  private final AcceptedBacklog accepted;
  private final Scheduler scheduler;
  private final UpdaterOutput output;

  public DocumentGate(
      Publisher publisher, AcceptedBacklog accepted, Scheduler scheduler, UpdaterOutput output) {
    this.publisher = publisher;
    this.accepted = accepted;
    this.scheduler = scheduler;
    this.output = output;
  }

  /**
   * Takes an edit. A PURGE empties the reuse cache even if it is stale: the edit in force may be
   * newer than what is to be forgotten.
   *
   * @param place of the edit in the order of its document's edits
   * @param recorded whether it is from the topic of accepted edits
   */
  public void take(Shard shard, ReceivedEdit received, DocumentState place, boolean recorded) {
    DocumentState current = shard.current(received.edit().id());
    Decision decision = Decision.decide(current, place);
    accepted.note(shard, received, recorded, decision);
    if (decision instanceof Decision.Accept accept) {
      accept(shard, WantedEdit.of(received, accept));
    } else if (!recorded && decision instanceof Decision.Stale stale) {
      publisher.stale(shard, received, stale.reason());
    } else if (!recorded) {
      repeat(shard, received, Objects.requireNonNull(current, "a duplicate has an original"));
    }
    if (received.edit().kind() == EditKind.PURGE) {
      shard.trunks().forgetDropped(received.edit().id());
    }
  }

  private void accept(Shard shard, WantedEdit wanted) {
    ReceivedEdit received = wanted.received();
    String id = received.edit().id();
    if (received.edit().kind().deletes()) {
      shard.delete(id, wanted.state());
      publisher.delete(shard, received, wanted.state());
    } else {
      shard.want(id, wanted);
      scheduler.edit(shard, id, received.timestamp());
    }
  }

  private void repeat(Shard shard, ReceivedEdit received, DocumentState current) {
    String id = received.edit().id();
    WantedEdit wanted = shard.wanted(id);
    if (wanted == null) {
      publisher.delete(shard, received, current);
      return;
    }
    boolean answered = false;
    for (VersionEntry entry : shard.versions().indexes()) {
      PublishedDocument document = shard.published(id, entry.version());
      if (document != null && document.handled().equals(wanted.state())) {
        answered = true;
        if (wanted.state().equals(document.published())) {
          publisher.repeat(received, entry.version(), document);
        } else {
          publisher.failedBefore(shard, received, entry.version());
        }
      }
    }
    if (!answered) {
      output.countPendingRepeat();
    }
  }
}
