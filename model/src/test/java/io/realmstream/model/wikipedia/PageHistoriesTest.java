package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random histories of pages, heard with repeats, losses and in any order. */
class PageHistoriesTest {
  private static final int HISTORIES = 100_000;

  @Test
  void whatIsHeardInAnyOrderAndTwiceEndsAsTheWikiDoes() {
    Random random = new Random(1);
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      List<Statement> heard = doubled(page.said, random);
      Collections.shuffle(heard, random);
      FollowedDocument document = new FollowedDocument();
      heard.forEach(document::take);
      assertThat(document.shown()).as("history %d: %s", i, heard).isEqualTo(page.seen());
    }
  }

  @Test
  void anAuditMendsWhatWasLost() {
    Random random = new Random(2);
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      page.look();
      Statement audit = page.said.remove(page.said.size() - 1);
      List<Statement> heard = doubled(page.said, random);
      heard.removeIf(statement -> random.nextInt(3) == 0);
      heard.add(audit);
      Collections.shuffle(heard, random);
      FollowedDocument document = new FollowedDocument();
      heard.forEach(document::take);
      assertThat(document.shown()).as("history %d: %s", i, heard).isEqualTo(page.seen());
    }
  }

  /** With losses nobody knows the truth, but the rules of the order still say what is newest. */
  @Test
  void afterEachStatementTheStateIsThatOfTheNewestOne() {
    Random random = new Random(3);
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      List<Statement> heard = doubled(page.said, random);
      heard.removeIf(statement -> random.nextInt(3) == 0);
      Collections.shuffle(heard, random);
      FollowedDocument document = new FollowedDocument();
      for (int n = 1; n <= heard.size(); n++) {
        document.take(heard.get(n - 1));
        Statement newest = newest(heard.subList(0, n));
        assertThat(document.state.status())
            .as("history %d after %s", i, heard.subList(0, n))
            .isEqualTo(status(newest));
        if (newest.revision().id() > 0) {
          assertThat(document.state.revision()).isEqualTo(newest.revision().id());
        }
      }
    }
  }

  /** The oracle: sorts all that was heard, instead of remembering two places in an order. */
  private static Statement newest(List<Statement> heard) {
    List<Statement> edits = new ArrayList<>(heard);
    edits.removeIf(statement -> statement.kind().order() != StatementKind.Order.NUMBER);
    List<Statement> others = new ArrayList<>(heard);
    others.removeAll(edits);
    edits.sort(Comparator.comparingLong(statement -> statement.revision().id()));
    others.sort(
        Comparator.comparingLong(Statement::timeMs)
            .thenComparing(statement -> statement.revision().id())
            .thenComparing(Statement::kind));
    Statement edit = last(edits);
    Statement other = last(others);
    if (edit == null) {
      return Objects.requireNonNull(other);
    }
    if (other == null) {
      return edit;
    }
    boolean named = others.stream().anyMatch(each -> each.revision().id() >= edit.revision().id());
    boolean longBefore = edit.receivedMs() + 60_000 < other.timeMs();
    return named || longBefore ? other : edit;
  }

  private static PageStatus status(Statement newest) {
    return switch (newest.kind()) {
      case DELETE, SUPPRESS, SEEN_GONE -> PageStatus.GONE;
      default ->
          newest.page().redirect()
              ? PageStatus.OUT_OF_SCOPE
              : newest.revision().visible() ? PageStatus.PRESENT : PageStatus.HIDDEN;
    };
  }

  private static @Nullable Statement last(List<Statement> sorted) {
    return sorted.isEmpty() ? null : sorted.get(sorted.size() - 1);
  }

  private static List<Statement> doubled(List<Statement> said, Random random) {
    List<Statement> heard = new ArrayList<>(said);
    said.stream().filter(statement -> random.nextInt(4) == 0).forEach(heard::add);
    return heard;
  }
}
