package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every status, kind of statement, and order of number and time. The page is at revision 10; what
 * is expected stands in {@link #isNewest} and {@link #ACTIONS}, as the issue has it.
 */
class DecisionCellsTest {
  private static final long NOW = 1_000_000;
  private static final Set<StatementKind> EDITS =
      EnumSet.of(StatementKind.CREATE, StatementKind.EDIT, StatementKind.MOVE);
  private static final Set<StatementKind> HIDES =
      EnumSet.of(StatementKind.HIDE, StatementKind.SEEN_HIDDEN, StatementKind.HIDE_REVISION);
  private static final Set<StatementKind> DELETES =
      EnumSet.of(StatementKind.DELETE, StatementKind.RENUMBERED, StatementKind.SEEN_GONE);

  /** By status: what follows if the newest statement shows, hides, deletes, suppresses. */
  private static final List<String> ACTIONS =
      List.of(
          "NOTHING      PUBLISH PURGE   DELETE  PURGE",
          "PRESENT      PUBLISH PURGE   DELETE  PURGE",
          "HIDDEN       PUBLISH NOTHING NOTHING PURGE",
          "GONE         PUBLISH PURGE   NOTHING PURGE",
          "OUT_OF_SCOPE PUBLISH PURGE   NOTHING PURGE");

  record Cell(PageStatus status, StatementKind kind, long number, long timeMs) {
    Statement statement() {
      return Said.of(number, timeMs).is(kind);
    }
  }

  static Stream<Cell> cells() {
    return Arrays.stream(PageStatus.values())
        .flatMap(
            status ->
                Stream.of(StatementKind.values())
                    .filter(kind -> !kind.name().startsWith("KNOWN"))
                    .flatMap(
                        kind ->
                            Stream.of(9L, 10L, 11L)
                                .flatMap(
                                    number ->
                                        Stream.of(NOW - 1, NOW, NOW + 1)
                                            .map(time -> new Cell(status, kind, number, time)))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aCell(Cell cell) {
    PageState state = state(cell.status());
    Decision decision = Said.TABLE.decide(state, cell.statement());
    assertThat(decision.action()).isEqualTo(expected(cell));
    boolean acts = decision.action() != Action.NOTHING;
    assertThat(decision.next().documentRevision() > state.documentRevision()).isEqualTo(acts);
    if (acts && cell.status() == PageStatus.NOTHING) {
      assertThat(decision.next().documentRevision()).isEqualTo(cell.timeMs());
    }
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aRedirect(Cell cell) {
    PageState state = state(cell.status());
    Decision decision =
        Said.TABLE.decide(state, Said.of(cell.number(), cell.timeMs()).redirect(cell.kind()));
    Action inScope = expected(cell);
    boolean published = cell.status() == PageStatus.PRESENT || cell.status() == PageStatus.GONE;
    Action expected =
        switch (inScope) {
          case PUBLISH -> cell.status() == PageStatus.PRESENT ? Action.DELETE : Action.NOTHING;
          case DELETE -> cell.status() == PageStatus.PRESENT ? Action.DELETE : Action.NOTHING;
          case PURGE ->
              published || cell.kind() == StatementKind.SUPPRESS ? Action.PURGE : Action.NOTHING;
          default -> // a present page that becomes a redirect, by a statement of its own revision
              cell.status() == PageStatus.PRESENT && isNewest(cell) && shows(cell.kind())
                  ? Action.DELETE
                  : inScope;
        };
    assertThat(decision.action()).isEqualTo(expected);
  }

  /** Present and redirect by an edit; hidden and gone by something that was said of revision 10. */
  private static PageState state(PageStatus status) {
    Said ten = Said.of(10, NOW);
    Statement before = Said.of(10, NOW - 100).is(StatementKind.EDIT);
    return switch (status) {
      case NOTHING -> PageState.NOTHING;
      case PRESENT -> Said.after(ten.is(StatementKind.EDIT));
      case OUT_OF_SCOPE -> Said.after(ten.redirect(StatementKind.EDIT));
      case HIDDEN -> Said.after(before, ten.is(StatementKind.HIDE));
      case GONE -> Said.after(before, ten.is(StatementKind.DELETE));
    };
  }

  private static Action expected(Cell cell) {
    if (cell.kind() == StatementKind.UNKNOWN) {
      return Action.NOTHING;
    }
    boolean forgets = HIDES.contains(cell.kind()) || cell.kind() == StatementKind.SUPPRESS;
    if (!isNewest(cell)) {
      // a deleted page's text was handed out: what is hidden late is purged all the same
      boolean handedOut = cell.status() == PageStatus.GONE && cell.number() == 10;
      return forgets && handedOut ? Action.PURGE : Action.NOTHING;
    }
    if (cell.status() == PageStatus.PRESENT && shows(cell.kind()) && cell.number() == 10) {
      return Action.NOTHING; // the same text under the same title
    }
    String row =
        ACTIONS.stream()
            .filter(line -> line.startsWith(cell.status() + " "))
            .findFirst()
            .orElseThrow();
    int column =
        shows(cell.kind())
            ? 1
            : HIDES.contains(cell.kind()) ? 2 : DELETES.contains(cell.kind()) ? 3 : 4;
    return Action.valueOf(row.split(" +", -1)[column]);
  }

  private static boolean shows(StatementKind kind) {
    return EDITS.contains(kind)
        || kind == StatementKind.UNDELETE
        || kind == StatementKind.SHOW
        || kind == StatementKind.SEEN_PRESENT;
  }

  private static boolean isNewest(Cell cell) {
    if (cell.kind() == StatementKind.HIDE_REVISION) {
      return cell.status() == PageStatus.PRESENT && cell.number() == 10;
    }
    return switch (cell.status()) {
      case NOTHING -> true;
      // of an edit: a later edit, or anything that names it or a later one
      case PRESENT, OUT_OF_SCOPE ->
          EDITS.contains(cell.kind()) ? cell.number() > 10 : cell.number() >= 10;
      // of a hiding or deletion: an edit with a higher number, or what was said later
      case HIDDEN, GONE ->
          EDITS.contains(cell.kind())
              ? cell.number() > 10
              : cell.timeMs() > NOW || (cell.timeMs() == NOW && winsTie(cell));
    };
  }

  /** At one moment: the higher number, then hiding over deleting over showing. */
  private static boolean winsTie(Cell cell) {
    if (cell.number() != 10) {
      return cell.number() > 10;
    }
    return cell.kind() == StatementKind.SUPPRESS
        || (cell.status() == PageStatus.GONE && HIDES.contains(cell.kind()));
  }
}
