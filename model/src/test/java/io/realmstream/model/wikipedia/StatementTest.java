package io.realmstream.model.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementTest {
  private static final long SAID = 2_000;
  private static final long MADE = 1_000;

  @Test
  void whatIsSaidOfTheOneRevisionThatNobodyMayReadHidesThePage() {
    assertThat(statement(StatementKind.EDIT, true).says()).isEqualTo(PageStatus.PRESENT);
    assertThat(statement(StatementKind.EDIT, false).says()).isEqualTo(PageStatus.HIDDEN);
    assertThat(statement(StatementKind.DELETE, false).says()).isEqualTo(PageStatus.GONE);
  }

  @Test
  void hiddenTextsAreForgottenAndDeletedOnesAreNot() {
    assertThat(statement(StatementKind.EDIT, false).forgets()).isTrue();
    assertThat(statement(StatementKind.HIDE, true).forgets()).isTrue();
    assertThat(statement(StatementKind.SUPPRESS, true).forgets()).isTrue();
    assertThat(statement(StatementKind.DELETE, true).forgets()).isFalse();
    assertThat(statement(StatementKind.EDIT, true).forgets()).isFalse();
  }

  /** A dump of today says of a revision of last year when that was made. */
  @ParameterizedTest
  @EnumSource(StatementKind.class)
  void anEditIsAsOldAsItsRevisionAndAllElseAsTheStatement(StatementKind kind) {
    boolean isEdit =
        kind == StatementKind.CREATE || kind == StatementKind.EDIT || kind == StatementKind.MOVE;
    assertThat(statement(kind, true).momentMs()).isEqualTo(isEdit ? MADE : SAID);
  }

  @Test
  void anEditWithoutATimeIsAsOldAsTheStatement() {
    RevisionFacts timeless = new RevisionFacts(7, 0, "", 0, true);
    Statement edit =
        new Statement(
            "enwiki", 974, StatementKind.EDIT, SAID, SAID, PageFacts.NONE, timeless, null);
    assertThat(edit.momentMs()).isEqualTo(SAID);
  }

  @Test
  void whoSaidSoIsTheFeedOrSomebodyWhoLookedOrWhatWasKnown() {
    for (StatementKind kind : StatementKind.values()) {
      boolean isKnown = kind.name().startsWith("KNOWN");
      boolean isSeen = kind.name().startsWith("SEEN");
      assertThat(kind.isSeen()).as(kind.name()).isEqualTo(isSeen);
      assertThat(kind.isOfFeed()).as(kind.name()).isEqualTo(!isKnown && !isSeen);
    }
  }

  private static Statement statement(StatementKind kind, boolean visible) {
    RevisionFacts revision = new RevisionFacts(7, MADE, "", 0, visible);
    return new Statement("enwiki", 974, kind, SAID, SAID, PageFacts.NONE, revision, null);
  }
}
