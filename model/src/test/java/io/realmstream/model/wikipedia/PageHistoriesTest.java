package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories of pages, heard with repeats, losses and in any order. Pages come back under
 * other numbers, and older revisions are hidden.
 */
class PageHistoriesTest {
  private static final int HISTORIES = 100_000;

  @Test
  void whatIsHeardInAnyOrderAndTwiceEndsAsTheWikiDoes() {
    Random random = new Random(1);
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      List<Statement> heard = shuffled(doubled(page.said, random), random);
      assertThat(shown(heard)).as("history %d: %s", i, heard).isEqualTo(page.seen());
    }
  }

  @Test
  void anAuditMendsWhatWasLost() {
    Random random = new Random(2);
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      List<Statement> heard = lossy(doubled(page.said, random), random);
      int before = page.said.size();
      page.look();
      heard.addAll(page.said.subList(before, page.said.size()));
      shuffled(heard, random);
      assertThat(shown(heard)).as("history %d: %s", i, heard).isEqualTo(page.seen());
    }
  }

  /** With losses nobody knows the truth, but the rules of the order still say what is newest. */
  @Test
  void afterEachStatementTheStateIsThatOfTheNewestOne() {
    Random random = new Random(3);
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      List<Statement> heard = shuffled(lossy(doubled(page.said, random), random), random);
      heard.removeIf(statement -> statement.kind() == StatementKind.HIDE_REVISION);
      Map<Long, FollowedDocument> documents = new HashMap<>();
      for (int n = 1; n <= heard.size(); n++) {
        long pageId = heard.get(n - 1).pageId();
        FollowedDocument document = document(documents, pageId);
        document.take(heard.get(n - 1));
        List<Statement> ofPage = new ArrayList<>(heard.subList(0, n));
        ofPage.removeIf(statement -> statement.pageId() != pageId);
        Statement newest = newest(ofPage);
        assertThat(document.state.status())
            .as("history %d after %s", i, ofPage)
            .isEqualTo(status(newest));
        if (newest.revision().id() > 0) {
          assertThat(document.state.revision()).isEqualTo(newest.revision().id());
        }
      }
    }
  }

  /** Whatever came before, and in whatever order. */
  @Test
  void aTextThatWasHandedOutIsPurgedAsSoonAsItIsSaidToBeHidden() {
    Random random = new Random(4);
    int purged = 0;
    for (int i = 0; i < HISTORIES; i++) {
      WikiPage page = new WikiPage(random);
      page.live(random.nextInt(12));
      List<Statement> heard = shuffled(lossy(doubled(page.said, random), random), random);
      Map<Long, FollowedDocument> documents = new HashMap<>();
      for (Statement statement : heard) {
        FollowedDocument document = document(documents, statement.pageId());
        boolean purge =
            statement.forgets() && document.handedOut.contains(statement.revision().id());
        Decision decision = document.take(statement);
        if (purge) {
          purged++;
          assertThat(decision.action().purges()).as("history %d: %s", i, heard).isTrue();
        }
      }
    }
    assertThat(purged).isGreaterThan(HISTORIES / 10);
  }

  private static FollowedDocument document(Map<Long, FollowedDocument> documents, long pageId) {
    return documents.computeIfAbsent(pageId, none -> new FollowedDocument());
  }

  /** What the documents show behind all that was heard, by the pages' numbers. */
  private static Map<Long, String> shown(List<Statement> heard) {
    Map<Long, FollowedDocument> documents = new HashMap<>();
    heard.forEach(statement -> document(documents, statement.pageId()).take(statement));
    Map<Long, String> shown = new TreeMap<>();
    documents.forEach((pageId, document) -> shown.put(pageId, document.shown()));
    return shown;
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
      case DELETE, SUPPRESS, SEEN_GONE, RENUMBERED -> PageStatus.GONE;
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

  private static List<Statement> lossy(List<Statement> said, Random random) {
    said.removeIf(statement -> random.nextInt(3) == 0);
    return said;
  }

  private static List<Statement> shuffled(List<Statement> said, Random random) {
    Collections.shuffle(said, random);
    return said;
  }
}
