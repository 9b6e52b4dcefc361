package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensTest {
  /** Two words of two tokens, and one of one. */
  private static final Tokens FIVE =
      new Tokens(
          new long[] {10, 11, 12, 13, 14},
          new int[] {0, 2, 5, 6, 9},
          new int[] {2, 4, 6, 8, 10},
          new boolean[] {true, false, true, false, true});

  @Test
  void firstWordEndsWhereTheNextBeginsOrTheTokensEnd() {
    assertThat(FIVE.firstWord()).isEqualTo(2);
    assertThat(FIVE.range(2, 4).firstWord()).isEqualTo(2);
    assertThat(FIVE.range(4, 5).firstWord()).isEqualTo(1);
  }

  @Test
  void firstTokenNeedNotBeginAWord() {
    assertThat(FIVE.range(1, 5).firstWord()).isEqualTo(1);
  }

  @Test
  void rangeHoldsAllOfItsTokensAndNothingElse() {
    assertEqual(
        FIVE.range(1, 3),
        new Tokens(
            new long[] {11, 12}, new int[] {2, 5}, new int[] {4, 6}, new boolean[] {false, true}));
    assertThat(FIVE.range(5, 5).count()).isZero();
  }

  @Test
  void tokensBehindOtherTextMoveAndLeaveTheOriginalAsItWas() {
    Tokens moved = FIVE.behind(100);

    assertThat(moved.starts()).containsExactly(100, 102, 105, 106, 109);
    assertThat(moved.ends()).containsExactly(102, 104, 106, 108, 110);
    assertThat(moved.ids()).isEqualTo(FIVE.ids());
    assertThat(moved.wordStarts()).isEqualTo(FIVE.wordStarts());
    assertThat(FIVE.starts()).containsExactly(0, 2, 5, 6, 9);
    assertThat(FIVE.ends()).containsExactly(2, 4, 6, 8, 10);
  }

  @Test
  void partsJoinedAgainAreTheWhole() {
    for (int cut = 0; cut <= 5; cut++) {
      List<Tokens> parts =
          List.of(FIVE.range(0, cut), Tokens.none(), FIVE.range(cut, 5), Tokens.none());
      assertEqual(Tokens.joined(parts, 5), FIVE);
      assertEqual(Tokens.joined(parts, Integer.MAX_VALUE), FIVE);
    }
    assertThat(Tokens.joined(List.of(), 5).count()).isZero();
  }

  @Test
  void joiningStopsAtTheMostTokensWherePartsMeetOrWithin() {
    List<Tokens> parts = List.of(FIVE.range(0, 2), FIVE.range(2, 4), FIVE.range(4, 5));
    for (int most = 0; most < 5; most++) {
      assertEqual(Tokens.joined(parts, most), FIVE.range(0, most));
      assertEqual(Tokens.joined(List.of(FIVE), most), FIVE.range(0, most));
    }
  }

  private static void assertEqual(Tokens tokens, Tokens expected) {
    assertThat(tokens.ids()).isEqualTo(expected.ids());
    assertThat(tokens.starts()).isEqualTo(expected.starts());
    assertThat(tokens.ends()).isEqualTo(expected.ends());
    assertThat(tokens.wordStarts()).isEqualTo(expected.wordStarts());
  }
}
