package io.realmstream.model.updating.publish;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.state.Walk;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.Shard;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the topic of accepted edits: writes each edit that is accepted and, behind the end of the
 * topic as a start without state reads it, what is owed since. A restored state that notes no debt
 * owes every document. It is written in slices.
 */
public final class AcceptedBacklog {
  /** Documents, of some MiB at worst, before other work has its turn. */
  private static final int SLICE = 16;

  private final UpdaterOutput output;
  private final Executor mails;
  private final boolean restored;
  private final Deque<Shard> waiting = new ArrayDeque<>();

  /** The walks of the first waiting shard that remain; null = not begun. */
  private @Nullable Deque<Walk<String>> walks;

  /**
   * Takes up what a restored state says.
   *
   * @param mails runs what it is given later, on the same thread
   * @param restored whether there was a state
   */
  public AcceptedBacklog(
      UpdaterOutput output, Collection<Shard> shards, Executor mails, boolean restored) {
    this.output = output;
    this.mails = mails;
    this.restored = restored;
    for (Shard shard : shards) {
      AcceptedDebt known = shard.debt();
      if (known != null && known != AcceptedDebt.NONE) {
        start(shard);
      }
    }
  }

  /**
   * An edit came, and it was decided about.
   *
   * @param recorded whether it is from the topic of accepted edits
   */
  public void note(Shard shard, ReceivedEdit received, boolean recorded, Decision decision) {
    String id = received.edit().id();
    if (recorded) {
      shard.acceptances().recorded(id, decision);
    } else if (shard.acceptances().client(id, decision, shard.acceptedRead())
        && decision instanceof Decision.Accept accept) {
      write(WantedEdit.of(received, accept));
    }
  }

  /** The shard has had the whole topic. */
  public void read(Shard shard) {
    AcceptedDebt known = shard.debt();
    shard.debt(
        known == AcceptedDebt.EVERY_DOCUMENT || (known == null && restored)
            ? AcceptedDebt.EVERY_DOCUMENT
            : AcceptedDebt.NOTED);
    start(shard);
  }

  public boolean isIdle() {
    return waiting.isEmpty();
  }

  private void start(Shard shard) {
    if (!waiting.contains(shard)) {
      waiting.add(shard);
      if (waiting.size() == 1) {
        post();
      }
    }
  }

  private void post() {
    mails.execute(this::writeSlice);
  }

  private void writeSlice() {
    Shard shard = waiting.getFirst();
    boolean more = true;
    for (int i = 0; i < SLICE && more; i++) {
      more = writeNext(shard);
    }
    if (!more) {
      shard.debt(AcceptedDebt.NONE);
      waiting.removeFirst();
      walks = null;
    }
    if (!waiting.isEmpty()) {
      post();
    }
  }

  private boolean writeNext(Shard shard) {
    Deque<Walk<String>> walks = this.walks == null ? begin(shard) : this.walks;
    this.walks = walks;
    while (!walks.isEmpty()) {
      String id = walks.getFirst().next();
      if (id != null) {
        write(shard, id);
        shard.owed().remove(id);
        return true;
      }
      walks.removeFirst();
    }
    return false;
  }

  private static Deque<Walk<String>> begin(Shard shard) {
    Deque<Walk<String>> walks = new ArrayDeque<>();
    if (shard.debt() == AcceptedDebt.EVERY_DOCUMENT) {
      walks.add(shard.documents());
      walks.add(shard.deletions());
    }
    walks.add(new Walk<>(shard.owed()));
    return walks;
  }

  private void write(Shard shard, String id) {
    WantedEdit wanted = shard.wanted(id);
    DocumentState current = shard.current(id);
    if (wanted != null) {
      write(wanted);
    } else if (current != null) {
      DocumentEdit deletion = DocumentEdit.deletion(id, current.revision());
      output.accepted(new AcceptedEdit(deletion, current.tie(), null));
    }
  }

  private void write(WantedEdit accepted) {
    ReceivedEdit received = accepted.received();
    AcceptedEdit.Origin origin =
        new AcceptedEdit.Origin(received.timestamp(), received.partition(), received.offset());
    output.accepted(new AcceptedEdit(received.edit(), accepted.state().tie(), origin));
  }
}
