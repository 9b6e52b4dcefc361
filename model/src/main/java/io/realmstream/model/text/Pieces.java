package io.realmstream.model.text;

import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Pieces of a text in order, which are joined into passages. */
final class Pieces {
  // at an equal break, position decides: it is the order of a stable sort
  private static final Comparator<Piece> WEAKEST_BREAK_FIRST =
      Comparator.comparing(Piece::before).thenComparingLong(Piece::hash);

  private final int room;
  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(int number, int start, int tokens, TextBreaks.Kind before, long hash) {}

  /**
   * @param room tokens that a passage may have
   */
  Pieces(int room) {
    this.room = room;
  }

  /** Whether so many tokens may be one piece. */
  boolean fit(int tokens) {
    return tokens <= room;
  }

  /**
   * Adds the next piece.
   *
   * @param start offset in the text
   * @param before the break before it
   * @param head the words behind the break, whose hash decides among equal breaks
   */
  void add(int start, int tokens, TextBreaks.Kind before, String head) {
    pieces.add(new Piece(pieces.size(), start, tokens, before, Hash128.ofTexts(head).high()));
  }

  /** Offsets where the passages begin; none without tokens. */
  List<Integer> join() {
    int count = pieces.size();
    int[] tokens = new int[count]; // of the passage that begins with a piece
    int[] first = new int[count]; // of the passage that ends with it
    int[] last = new int[count]; // of the passage that begins with it
    for (int i = 0; i < count; i++) {
      tokens[i] = pieces.get(i).tokens();
      first[i] = i;
      last[i] = i;
    }
    boolean[] joined = new boolean[count];
    for (Piece piece : pieces.stream().sorted(WEAKEST_BREAK_FIRST).toList()) {
      int right = piece.number();
      int left = right == 0 ? 0 : first[right - 1];
      if (right > 0 && fit(tokens[left] + tokens[right])) {
        tokens[left] += tokens[right];
        last[left] = last[right];
        first[last[right]] = left;
        joined[right] = true;
      }
    }
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!joined[i] && tokens[i] > 0) {
        starts.add(pieces.get(i).start());
      }
    }
    return starts;
  }
}
