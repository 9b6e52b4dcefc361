package io.realmstream.model.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.version.LogBacklog.Position;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogBacklogTest {
  @Test
  void emptyLogIsReadAtOnce() {
    assertThat(new LogBacklog(Map.of(0, 0L), List.of()).isRead()).isTrue();
  }

  @Test
  void logIsReadWithItsLastRecordAndNotBefore() {
    LogBacklog backlog = new LogBacklog(Map.of(0, 3L), List.of());
    backlog.read(0, 0);
    backlog.read(0, 1);
    assertThat(backlog.isRead()).isFalse();

    backlog.read(0, 2);
    assertThat(backlog.isRead()).isTrue();
  }

  @Test
  void whatIsWrittenLaterDoesNotMakeItUnread() {
    LogBacklog backlog = new LogBacklog(Map.of(0, 1L), List.of());
    backlog.read(0, 0);
    backlog.read(0, 1);

    assertThat(backlog.isRead()).isTrue();
    assertThat(backlog.positions()).containsExactly(new Position(0, 2));
  }

  @Test
  void restoredStateHasReadTheBeginning() {
    assertThat(new LogBacklog(Map.of(0, 5L), List.of(new Position(0, 5))).isRead()).isTrue();
    LogBacklog behind = new LogBacklog(Map.of(0, 6L), List.of(new Position(0, 5)));
    assertThat(behind.isRead()).isFalse();

    behind.read(0, 5);
    assertThat(behind.isRead()).isTrue();
  }

  /** The log was made anew: what the state has read is gone, and all that is left is older. */
  @Test
  void logThatIsShorterThanWhatWasReadIsRead() {
    assertThat(new LogBacklog(Map.of(0, 2L), List.of(new Position(0, 5))).isRead()).isTrue();
  }

  @Test
  void everyPartitionCounts() {
    LogBacklog backlog = new LogBacklog(Map.of(0, 1L, 1, 1L), List.of());
    backlog.read(1, 0);
    assertThat(backlog.isRead()).isFalse();

    backlog.read(0, 0);
    assertThat(backlog.isRead()).isTrue();
  }
}
