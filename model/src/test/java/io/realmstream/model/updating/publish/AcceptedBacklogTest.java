package io.realmstream.model.updating.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.Decision;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.updating.AcceptedDebt;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.Mails;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.TestEdits;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedBacklogTest {
  private final HeapShard state = new HeapShard();
  private final Shard shard = state.open(0);
  private final RecordedOutput output = new RecordedOutput();
  private final Mails mails = new Mails();

  @Test
  void acceptedEditIsWrittenAtOnceWhenTheTopicIsRead() {
    shard.debt(AcceptedDebt.NONE);
    AcceptedBacklog backlog = backlog(shard, false);
    accept(backlog, shard, TestEdits.upsert("a", 1, "One."), false);

    assertThat(written()).containsExactly("a 1");
  }

  @Test
  void editDuringAStartWithoutStateIsWrittenBehindTheTopicsEnd() {
    AcceptedBacklog backlog = backlog(shard, false);
    accept(backlog, shard, TestEdits.upsert("a", 1, "One."), false);
    accept(backlog, shard, TestEdits.upsert("a", 2, "Two."), false);
    assertThat(written()).isEmpty();

    backlog.read(shard);
    mails.run();
    assertThat(written()).containsExactly("a 2");
    assertThat(shard.debt()).isEqualTo(AcceptedDebt.NONE);
    assertThat(backlog.isIdle()).isTrue();
  }

  @Test
  void editThatTheTopicHasIsNotWrittenAgain() {
    AcceptedBacklog backlog = backlog(shard, false);
    accept(backlog, shard, TestEdits.upsert("a", 1, "One."), false);
    accept(backlog, shard, TestEdits.upsert("a", 2, "Two."), true);
    backlog.read(shard);
    mails.run();

    assertThat(written()).isEmpty();
  }

  @Test
  void stateThatKnowsOfNoDebtOwesEveryDocument() {
    shard.want("a", TestEdits.upsert("a", 1, "One."));
    shard.want("b", TestEdits.upsert("b", 1, "One."));
    shard.delete("c", TestEdits.delete("c", 5).state());
    backlog(shard, true).read(shard);
    mails.run();

    assertThat(written()).containsExactly("a 1", "b 1", "c 5");
  }

  @Test
  void debtOfBeforeARestartIsPaidInSlices() {
    for (int i = 0; i < 40; i++) {
      shard.want("d" + i, TestEdits.upsert("d" + i, 1, "One."));
    }
    shard.debt(AcceptedDebt.EVERY_DOCUMENT);
    Shard restored = state.open(0);
    AcceptedBacklog backlog = backlog(restored, true);
    assertThat(backlog.isIdle()).isFalse();
    mails.run();

    assertThat(output.accepted).hasSize(40);
    assertThat(restored.debt()).isEqualTo(AcceptedDebt.NONE);
  }

  private AcceptedBacklog backlog(Shard of, boolean restored) {
    return new AcceptedBacklog(output, List.of(of), mails, restored);
  }

  /** As the gate does. */
  private static void accept(
      AcceptedBacklog backlog, Shard shard, WantedEdit edit, boolean recorded) {
    String id = edit.received().edit().id();
    Decision decision = Decision.decide(shard.current(id), edit.state());
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    backlog.note(shard, edit.received(), recorded, decision);
    shard.want(id, edit);
  }

  private List<String> written() {
    return output.accepted.stream()
        .map(accepted -> accepted.edit().id() + " " + accepted.edit().revision())
        .toList();
  }
}
