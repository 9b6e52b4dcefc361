package io.realmstream.jobs.updater;

import io.realmstream.jobs.StateTable;
import io.realmstream.model.document.Acceptances;
import io.realmstream.model.document.Decision;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.state.Walk;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the topic of accepted edits: writes each edit that is accepted and, behind the end of the
 * topic as a start without state reads it, what is owed since. A state from before there was the
 * topic owes every document. Debts are paid in slices; the Flink key is the shard's.
 */
final class AcceptedBacklog {
  /** Documents, of some MiB at worst, before other work has its turn. */
  private static final int SLICE = 16;

  /** State: what a shard that has had the whole topic owes it. */
  public enum Debt {
    EVERY_DOCUMENT,
    NOTED,
    NONE
  }

  private final Embedding.Context context;
  private final DocumentStates states;
  private final boolean restored;

  /** None before the topic's end; one entry a shard. */
  private final ValueState<Debt> debt;

  /** See {@link Acceptances}; empty but during a start without state. */
  private final StateTable<String, Boolean> owed;

  private final Acceptances acceptances;
  private final Deque<Shard> debtors = new ArrayDeque<>();

  /** Those of the first debtor that remain; null = not begun. */
  private @Nullable Deque<Walk<String>> walks;

  AcceptedBacklog(RuntimeContext runtime, Embedding.Context context, boolean restored) {
    this.context = context;
    this.states = context.states();
    this.restored = restored;
    debt = runtime.getState(new ValueStateDescriptor<>("accepted-debt", Debt.class));
    owed = StateTable.of(runtime, "accepted-owed", String.class, Boolean.class);
    acceptances = new Acceptances(owed);
  }

  /** Takes up what a restored state says. */
  void load(Shard shard) throws Exception {
    Debt known = debt.value();
    shard.acceptedRead = known != null;
    if (known != null && known != Debt.NONE) {
      start(shard);
    }
  }

  /** An edit came, and it was decided about. */
  void note(Shard shard, ShardEdit arriving, Decision decision) {
    ReceivedEdit received = arriving.received();
    String id = received.edit().id();
    if (arriving.recorded()) {
      acceptances.recorded(id, decision);
    } else if (acceptances.client(id, decision, shard.acceptedRead)
        && decision instanceof Decision.Accept accept) {
      write(WantedEdit.of(received, accept));
    }
  }

  /** The shard has had the whole topic. */
  void read(Shard shard) throws Exception {
    Debt known = debt.value();
    if (known != Debt.EVERY_DOCUMENT) {
      debt.update(known == null && restored ? Debt.EVERY_DOCUMENT : Debt.NOTED);
    }
    shard.acceptedRead = true;
    start(shard);
  }

  boolean isIdle() {
    return debtors.isEmpty();
  }

  private void start(Shard shard) {
    if (!debtors.contains(shard)) {
      debtors.add(shard);
      if (debtors.size() == 1) {
        post();
      }
    }
  }

  private void post() {
    context.mailbox().execute(this::pay, "write accepted edits");
  }

  private void pay() throws Exception {
    Shard shard = debtors.getFirst();
    context.key().accept(shard.key);
    boolean more = true;
    for (int i = 0; i < SLICE && more; i++) {
      more = payNext();
    }
    if (!more) {
      debt.update(Debt.NONE);
      debtors.removeFirst();
      walks = null;
    }
    if (!debtors.isEmpty()) {
      post();
    }
  }

  private boolean payNext() throws Exception {
    Deque<Walk<String>> walks = this.walks == null ? begin() : this.walks;
    this.walks = walks;
    while (!walks.isEmpty()) {
      String id = walks.getFirst().next();
      if (id != null) {
        write(id);
        owed.remove(id);
        return true;
      }
      walks.removeFirst();
    }
    return false;
  }

  private Deque<Walk<String>> begin() throws Exception {
    Deque<Walk<String>> walks = new ArrayDeque<>();
    if (debt.value() == Debt.EVERY_DOCUMENT) {
      walks.add(new Walk<>(states.wantedTable()));
      walks.add(new Walk<>(states.tombstoneTable()));
    }
    walks.add(new Walk<>(owed));
    return walks;
  }

  private void write(String id) throws Exception {
    WantedEdit wanted = states.wanted(id);
    DocumentState current = states.current(id);
    if (wanted != null) {
      write(wanted);
    } else if (current != null) {
      DocumentEdit deletion =
          new DocumentEdit(id, current.revision(), EditKind.DELETE, "", "", true, null);
      context.output().accepted(new AcceptedEdit(deletion, current.tie(), null));
    }
  }

  private void write(WantedEdit accepted) {
    ReceivedEdit received = accepted.received();
    AcceptedEdit.Origin origin =
        new AcceptedEdit.Origin(received.timestamp(), received.partition(), received.offset());
    context.output().accepted(new AcceptedEdit(received.edit(), accepted.state().tie(), origin));
  }
}
