package io.realmstream.model.text;

import io.realmstream.schemas.Hash128;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of a text in order, which are joined into passages: each break between two is looked at
 * once, the weakest first, and falls if both sides fit into one passage.
 *
 * <p>What a break finds on its sides depends on the weaker breaks around it alone. So it is looked
 * at as soon as a stronger one comes; what is kept are the passages so far, and the breaks that
 * still wait for a stronger one, which are few where strength does not follow the order.
 */
final class Pieces {
  private final int room;

  /** Each is stronger than those above it. */
  private final Deque<Break> waiting = new ArrayDeque<>();

  /** What stands behind the uppermost of the breaks. */
  private @Nullable Run last;

  /** A passage so far, and the one behind it. */
  private static final class Passage {
    private final int start;
    private int tokens;
    private @Nullable Passage next;

    Passage(int start, int tokens) {
      this.start = start;
      this.tokens = tokens;
    }
  }

  /** Passages one behind the other. */
  private record Run(Passage first, Passage last) {}

  private record Break(TextBreaks.Kind kind, long hash, Run before) {
    boolean weakerThan(TextBreaks.Kind otherKind, long otherHash) {
      int order = kind.compareTo(otherKind);
      // among equals the one behind is stronger
      return order == 0 ? hash <= otherHash : order < 0;
    }
  }

  /**
   * @param room tokens that a passage may have
   */
  Pieces(int room) {
    this.room = room;
  }

  /** Tokens that a passage, and so a piece, may have. */
  int room() {
    return room;
  }

  /**
   * Adds the next piece.
   *
   * @param start offset in the text
   * @param before the break before it
   * @param head the words behind the break, whose hash decides among equal breaks
   */
  void add(int start, int tokens, TextBreaks.Kind before, String head) {
    Passage passage = new Passage(start, tokens);
    Run run = last;
    if (run != null) {
      long hash = Hash128.ofTexts(head).high();
      while (!waiting.isEmpty() && waiting.element().weakerThan(before, hash)) {
        run = joined(waiting.pop().before(), run);
      }
      waiting.push(new Break(before, hash, run));
    }
    last = new Run(passage, passage);
  }

  /** Offsets where the passages begin; none without tokens. */
  List<Integer> join() {
    Run run = last;
    while (run != null && !waiting.isEmpty()) {
      run = joined(waiting.pop().before(), run);
    }
    last = run;
    List<Integer> starts = new ArrayList<>();
    for (Passage p = run == null ? null : run.first(); p != null; p = p.next) {
      if (p.tokens > 0) {
        starts.add(p.start);
      }
    }
    return starts;
  }

  private Run joined(Run left, Run right) {
    if (left.last().tokens + right.first().tokens > room) {
      left.last().next = right.first();
      return new Run(left.first(), right.last());
    }
    left.last().tokens += right.first().tokens;
    left.last().next = right.first().next;
    return new Run(left.first(), right.first() == right.last() ? left.last() : right.last());
  }
}
