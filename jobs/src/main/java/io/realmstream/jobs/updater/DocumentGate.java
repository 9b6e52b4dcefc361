package io.realmstream.jobs.updater;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.document.EditKind;
import java.util.Objects;

/** Decides about each edit that arrives, and hands it on. The Flink key is the shard's. */
final class DocumentGate {
  private final DocumentStates states;
  private final Publisher publisher;
  private final AcceptedBacklog accepted;
  private final Embedding embedding;
  private final UpdaterMetrics metrics;

  DocumentGate(
      Embedding.Context context,
      AcceptedBacklog accepted,
      Embedding embedding,
      UpdaterMetrics metrics) {
    this.states = context.states();
    this.publisher = context.publisher();
    this.accepted = accepted;
    this.embedding = embedding;
    this.metrics = metrics;
  }

  /** Leaves any Flink key behind. */
  void take(Shard shard, ShardEdit arriving) throws Exception {
    ReceivedEdit received = arriving.received();
    DocumentState current = states.current(received.edit().id());
    Decision decision = Decision.decide(current, arriving.order());
    accepted.note(shard, arriving, decision);
    if (decision instanceof Decision.Accept accept) {
      accept(shard, WantedEdit.of(received, accept));
    } else if (!arriving.recorded() && decision instanceof Decision.Stale stale) {
      publisher.stale(shard, received, stale.reason());
    } else if (!arriving.recorded()) {
      repeat(shard, received, Objects.requireNonNull(current, "a duplicate has an original"));
    }
  }

  private void accept(Shard shard, WantedEdit wanted) throws Exception {
    ReceivedEdit received = wanted.received();
    String id = received.edit().id();
    if (received.edit().kind() == EditKind.DELETE) {
      states.delete(shard, id, wanted.state());
      publisher.delete(shard, received, wanted.state());
    } else {
      states.want(shard, id, wanted);
      embedding.edit(shard, id, received.timestamp());
    }
  }

  private void repeat(Shard shard, ReceivedEdit received, DocumentState current) throws Exception {
    String id = received.edit().id();
    WantedEdit wanted = states.wanted(id);
    if (wanted == null) {
      publisher.delete(shard, received, current);
      return;
    }
    boolean answered = false;
    for (VersionEntry entry : shard.table.indexes()) {
      PublishedDocument document = states.published(id, entry.version());
      if (document != null && document.handled().equals(wanted.state())) {
        answered = true;
        if (wanted.state().equals(document.published())) {
          publisher.repeat(received, entry.version(), document);
        } else {
          publisher.failedBefore(received, entry.version());
        }
      }
    }
    if (!answered) {
      metrics.countPendingRepeat();
    }
  }
}
