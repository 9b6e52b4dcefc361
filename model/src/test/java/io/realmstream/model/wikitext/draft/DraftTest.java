package io.realmstream.model.wikitext.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Draft.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftTest {
  private final Draft draft = new Draft();

  @Test
  void aBracketIsDividedByItsBars() {
    draft.append("x");
    draft.open(Kind.BRACES, 0);
    draft.append("a=");
    draft.bar();
    draft.append("b");
    draft.equalsSign();
    draft.append("c");
    draft.equalsSign();
    draft.bar();
    assertThat(draft.parts())
        .containsExactly(new Part(1, -1, 3), new Part(4, 5, 8), new Part(9, -1, 9));
    assertThat(draft.firstPart()).isEqualTo("a=");
    assertThat(draft.text(4, 8)).isEqualTo("b=c=");
  }

  @Test
  void aReplacedBracketLeavesNothingElse() {
    draft.append("x");
    draft.open(Kind.LINK, 0);
    draft.append("a");
    draft.bar();
    draft.open(Kind.LINK, 0);
    draft.bar();
    draft.replace("b");
    assertThat(draft.parts()).hasSize(2);
    draft.replace("c");
    assertThat(draft.text()).isEqualTo("xc");
    assertThat(draft.top()).isNull();
  }

  @Test
  void aDroppedBracketTakesItsUnknownTemplatesWithIt() {
    draft.addUnknown("before");
    draft.open(Kind.TABLE, 0);
    draft.append("cell\n");
    draft.addUnknown("within");
    draft.drop();
    assertThat(draft.text()).isEqualTo(String.valueOf(Mark.DROPPED));
    assertThat(draft.unknown()).containsExactly("before");
    assertThat(draft.lineIsBlank()).isTrue();
  }

  @Test
  void aBracketThatIsLeftLeavesItsText() {
    draft.open(Kind.LINK, 0);
    draft.append("text");
    draft.leave();
    assertThat(draft.text()).isEqualTo("text");
  }

  @Test
  void theLineIsKnown() {
    assertThat(draft.lineIsBlank()).isTrue();
    draft.append(" * ", 0, 3);
    assertThat(draft.lineIsBlank()).isFalse();
    assertThat(draft.lineHasNoWord()).isTrue();
    draft.append("word  ", 0, 6);
    assertThat(draft.lineHasNoWord()).isFalse();
    draft.append("\n");
    draft.append(Mark.DROPPED);
    assertThat(draft.lineIsBlank()).isTrue();
  }

  @Test
  void onlyBracketsBelowThoseThatMayLieAboveAreFound() {
    draft.open(Kind.BRACES, 0);
    draft.open(Kind.TABLE, 0);
    draft.open(Kind.LINK, 0);
    assertThat(draft.above(Kind.LINK, List.of())).isZero();
    assertThat(draft.above(Kind.BRACES, List.of(Kind.LINK, Kind.TABLE))).isEqualTo(2);
    assertThat(draft.above(Kind.BRACES, List.of(Kind.LINK))).isEqualTo(-1);
  }

  @Test
  void theFortyFirstBracketIsDeep() {
    for (int i = 0; i < 40; i++) {
      draft.open(Kind.LINK, 0);
    }
    assertThat(draft.isDeep()).isFalse();
    draft.open(Kind.LINK, 0);
    assertThat(draft.isDeep()).isTrue();
    assertThat(draft.openedCount()).isEqualTo(41);
  }
}
