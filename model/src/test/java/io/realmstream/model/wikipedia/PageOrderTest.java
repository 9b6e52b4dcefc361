package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageOrderTest {
  private static final long NOW = 1_000_000;

  private static PageOrder after(Statement... statements) {
    PageOrder order = PageOrder.NONE;
    for (Statement statement : statements) {
      order = order.with(statement);
    }
    return order;
  }

  @Test
  void theHighestNumberIsTheNewestEdit() {
    PageOrder order =
        after(Said.of(11, NOW).is(StatementKind.EDIT), Said.of(10, NOW + 1).is(StatementKind.EDIT));
    assertThat(order.edit()).isEqualTo(11);
    assertThat(order.isEdit()).isTrue();
  }

  @Test
  void whatNamesAnEditIsNewerThanIt() {
    Statement edit = Said.of(10, NOW).is(StatementKind.EDIT);
    Statement deletion = Said.of(10, NOW).is(StatementKind.DELETE);
    assertThat(after(edit, deletion).isEdit()).isFalse();
    assertThat(after(deletion, edit).isEdit()).isFalse();
  }

  @Test
  void anEditBeyondAllNumbersIsNewerUnlessItIsAMinuteOlder() {
    Statement look = Said.of(10, NOW).is(StatementKind.SEEN_PRESENT);
    assertThat(after(look, Said.of(11, NOW - 60_000).is(StatementKind.EDIT)).isEdit()).isTrue();
    assertThat(after(look, Said.of(11, NOW - 60_001).is(StatementKind.EDIT)).isEdit()).isFalse();
  }

  @Test
  void ofTheOthersTheLatestCountsWhateverItsNumber() {
    Statement deletion = Said.of(10, NOW).is(StatementKind.DELETE);
    Statement part = Said.of(7, NOW + 1).is(StatementKind.UNDELETE);
    for (PageOrder order : new PageOrder[] {after(deletion, part), after(part, deletion)}) {
      assertThat(order.other()).isEqualTo(part);
      assertThat(order.named()).isEqualTo(10);
    }
  }

  @Test
  void ofADeletedPageNoTitleIsKept() {
    PageOrder order = after(Said.of(10, NOW).is(StatementKind.SUPPRESS));
    assertThat(order.toString()).doesNotContain("Ada");
  }

  @Test
  void aRepeatIsKnown() {
    Statement edit = Said.of(10, NOW).is(StatementKind.EDIT);
    Statement deletion = Said.of(10, NOW + 1).is(StatementKind.DELETE);
    PageOrder order = after(edit, deletion);
    assertThat(order.isRepeat(edit)).isTrue();
    assertThat(order.isRepeat(deletion)).isTrue();
    assertThat(order.isRepeat(Said.of(10, NOW + 2).is(StatementKind.DELETE))).isFalse();
  }
}
