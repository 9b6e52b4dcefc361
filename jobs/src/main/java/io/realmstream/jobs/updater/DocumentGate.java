package io.realmstream.jobs.updater;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.document.EditKind;

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
    DocumentState order = arriving.order();
    Decision decision = Decision.decide(states.current(received.edit().id()), order);
    accepted.note(shard, arriving, decision);
    if (decision instanceof Decision.Accept accept) {
      accept(shard, new WantedEdit(received, accept.next()));
    } else if (!arriving.recorded()) {
      answer(shard, received, decision);
    }
  }

  private void answer(Shard shard, ReceivedEdit received, Decision decision) throws Exception {
    if (decision instanceof Decision.Stale stale) {
      publisher.stale(shard, received, stale.reason());
    } else {
      repeat(shard, received);
    }
  }

  private void accept(Shard shard, WantedEdit wanted) throws Exception {
    ReceivedEdit received = wanted.received();
    String id = received.edit().id();
    if (received.edit().kind() == EditKind.DELETE) {
      states.delete(shard, id, received.revision());
      publisher.delete(shard, received);
    } else {
      states.want(shard, id, wanted);
      embedding.edit(shard, id, received.timestamp());
    }
  }

  private void repeat(Shard shard, ReceivedEdit received) throws Exception {
    String id = received.edit().id();
    WantedEdit wanted = states.wanted(id);
    if (wanted == null) {
      publisher.delete(shard, received);
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
