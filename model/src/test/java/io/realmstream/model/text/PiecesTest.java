package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.text.TextBreaks.Kind;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private static final int ROOM = 10;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private record Piece(int start, int tokens, Kind before, String head) {
    boolean strongerThan(Piece other) {
      int order = before.compareTo(other.before);
      if (order == 0) {
        order = Long.compare(hash(head), hash(other.head));
      }
      return order > 0 || (order == 0 && start > other.start);
    }

    private static long hash(String head) {
      return Hash128.ofTexts(head).high();
    }
  }

  @Test
  void nothingHasNoPassages() {
    assertThat(join(List.of())).isEmpty();
    assertThat(join(List.of(new Piece(0, 0, Kind.PARAGRAPH, "")))).isEmpty();
  }

  @Test
  void piecesThatFitTogetherAreOnePassage() {
    assertThat(
            join(
                List.of(
                    new Piece(0, 4, Kind.PARAGRAPH, "a"),
                    new Piece(7, 3, Kind.PARAGRAPH, "b"),
                    new Piece(9, 3, Kind.SENTENCE, "c"))))
        .containsExactly(0);
  }

  @Test
  void weakerBreakGoesFirst() {
    assertThat(
            join(
                List.of(
                    new Piece(0, 4, Kind.PARAGRAPH, "a"),
                    new Piece(7, 4, Kind.LINE, "b"),
                    new Piece(9, 4, Kind.SENTENCE, "c"))))
        .containsExactly(0, 7);
    assertThat(
            join(
                List.of(
                    new Piece(0, 4, Kind.PARAGRAPH, "a"),
                    new Piece(7, 4, Kind.SENTENCE, "b"),
                    new Piece(9, 4, Kind.LINE, "c"))))
        .containsExactly(0, 9);
  }

  /** The plain reading: cut at the strongest break, then see what the two sides left. */
  @Test
  void joiningEqualsCuttingAtTheStrongestBreakFirst() {
    for (int seed = 0; seed < 2_000; seed++) {
      List<Piece> pieces = pieces(new Random(seed));
      List<Integer> starts = new ArrayList<>();
      cut(pieces).forEach(passage -> starts.add(passage.get(0).start()));
      assertThat(join(pieces)).as("seed " + seed).isEqualTo(starts);
    }
  }

  /** Breaks that wait for a stronger one are few, whatever the order: nothing recurses. */
  @Test
  void manyPiecesAreJoinedAtOnce() {
    for (Kind first : List.of(Kind.WORD, Kind.PARAGRAPH)) {
      Pieces pieces = new Pieces(ROOM);
      for (int i = 0; i < 1_000_000; i++) {
        pieces.add(i, 1, i % 20 == 0 ? first : Kind.WORD, "same");
      }
      assertThat(pieces.join()).hasSize(100_000).startsWith(0, 10, 20, 30);
    }
  }

  @Test
  void noTwoNeighboursFitTogether() {
    for (int seed = 0; seed < 500; seed++) {
      List<List<Piece>> passages = cut(pieces(new Random(seed)));
      for (int i = 1; i < passages.size(); i++) {
        assertThat(tokens(passages.get(i - 1)) + tokens(passages.get(i))).isGreaterThan(ROOM);
      }
    }
  }

  private static List<List<Piece>> cut(List<Piece> pieces) {
    if (pieces.size() == 1) {
      return List.of(pieces);
    }
    int strongest = 1;
    for (int i = 2; i < pieces.size(); i++) {
      if (pieces.get(i).strongerThan(pieces.get(strongest))) {
        strongest = i;
      }
    }
    List<List<Piece>> left = new ArrayList<>(cut(pieces.subList(0, strongest)));
    List<List<Piece>> right = new ArrayList<>(cut(pieces.subList(strongest, pieces.size())));
    List<Piece> across = new ArrayList<>(left.get(left.size() - 1));
    across.addAll(right.get(0));
    if (tokens(across) <= ROOM) {
      left.set(left.size() - 1, across);
      right.remove(0);
    }
    left.addAll(right);
    return left;
  }

  private static int tokens(List<Piece> passage) {
    return passage.stream().mapToInt(Piece::tokens).sum();
  }

  private static List<Integer> join(List<Piece> pieces) {
    Pieces joined = new Pieces(ROOM);
    pieces.forEach(p -> joined.add(p.start(), p.tokens(), p.before(), p.head()));
    return joined.join();
  }

  /** Few heads, so that some breaks are equal. */
  private static List<Piece> pieces(Random random) {
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    for (int i = random.nextInt(40); i >= 0; i--) {
      Kind before = KINDS.get(random.nextInt(KINDS.size()));
      pieces.add(new Piece(start, 1 + random.nextInt(ROOM), before, "h" + random.nextInt(8)));
      start += 1 + random.nextInt(5);
    }
    return pieces;
  }
}
