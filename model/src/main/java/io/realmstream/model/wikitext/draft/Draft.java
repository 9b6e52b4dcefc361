package io.realmstream.model.wikitext.draft;

import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Bracket.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text so far, and the brackets that are open in it, the innermost on top.
 *
 * <p>The content of a bracket is part of the text from the beginning. It is replaced or dropped
 * when the bracket closes. So a bracket that never closes leaves its text where it is. A bracket
 * inside {@link #DEPTH_MAX} others can only be dropped, which costs nothing. So each character is
 * copied at most that often, and the work stays linear.
 */
public final class Draft {
  /** MediaWiki gives up at 100; pages have less than ten. */
  private static final int DEPTH_MAX = 40;

  /** How many open brackets are searched for the one that a closing bracket belongs to. */
  private static final int LOOK_MAX = 100;

  /** A part of a bracket's text, between two bars; {@code equals} is -1 without = in it. */
  public record Part(int start, int equals, int end) {}

  private final StringBuilder text = new StringBuilder();
  private final List<Bracket> open = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  /** Offset of each bar in open brackets, and of the first = behind it or -1. */
  private int[] bars = new int[64];

  private int barCount;
  private int lineStart;

  /** Offset behind the last character that is neither space nor mark. */
  private int inkEnd;

  /** The same, with the characters of lists not counting either. */
  private int wordEnd;

  private int openedCount;
  private long steps;

  /** Characters read, copied and looked through: what the draft cost so far. */
  public long steps() {
    return steps;
  }

  public void addSteps(long count) {
    steps += count;
  }

  /** Brackets that were opened so far, whether they closed or not. */
  public int openedCount() {
    return openedCount;
  }

  public String text() {
    return text.toString();
  }

  /** Names of the unknown templates in sentences that still stand, in order, with repetitions. */
  public List<String> unknown() {
    return unknown;
  }

  public void addUnknown(String name) {
    unknown.add(name);
  }

  /** Whether the line has nothing but spaces and marks so far. */
  public boolean lineIsBlank() {
    return line().isBlank();
  }

  private Line line() {
    return new Line(lineStart, inkEnd, wordEnd);
  }

  /** Whether the line has at most the marks of a list so far. */
  public boolean lineHasNoWord() {
    return line().hasNoWord();
  }

  /** The character before this place; a line's end at the beginning. */
  public char last() {
    return text.length() == 0 ? '\n' : text.charAt(text.length() - 1);
  }

  /** Appends a character or a mark. */
  public void append(char character) {
    text.append(character);
    if (character == '\n') {
      lineStart = text.length();
    } else if (character != ' ' && !Mark.isMark(character)) {
      inkEnd = text.length();
      if ("*#:;".indexOf(character) < 0) {
        wordEnd = inkEnd;
      }
    }
    steps++;
  }

  public void append(String added) {
    for (int i = 0; i < added.length(); i++) {
      append(added.charAt(i));
    }
  }

  /** Appends a part of a line that holds no marks. */
  public void append(String line, int from, int to) {
    int before = text.length() - from;
    text.append(line, from, to);
    steps += to - from;
    int ink = to;
    while (ink > from && line.charAt(ink - 1) == ' ') {
      ink--;
    }
    int word = ink;
    while (word > from && " *#:;".indexOf(line.charAt(word - 1)) >= 0) {
      word--;
    }
    inkEnd = ink > from ? before + ink : inkEnd;
    wordEnd = word > from ? before + word : wordEnd;
  }

  /** Ends the paragraph, unless the line has nothing but the marks of a list. */
  public void endParagraph() {
    if (lineIsBlank()) {
      append('\n');
    } else if (!lineHasNoWord()) {
      append("\n\n");
    }
  }

  /**
   * Opens a bracket.
   *
   * @param from offset in the wikitext
   */
  public Bracket open(Kind kind, int from) {
    Bracket opened = new Bracket(kind, from, line(), text.length(), barCount, unknown.size());
    open.add(opened);
    openedCount++;
    return opened;
  }

  /** The innermost bracket; null if none is open. */
  public @Nullable Bracket top() {
    return open.isEmpty() ? null : open.get(open.size() - 1);
  }

  /** Whether the innermost bracket is of that kind. */
  public boolean isIn(Kind kind) {
    Bracket top = top();
    return top != null && top.kind() == kind;
  }

  /** Whether the innermost bracket lies too deep to be more than dropped. */
  public boolean isDeep() {
    return open.size() > DEPTH_MAX;
  }

  /**
   * How many brackets lie above the innermost of a kind; -1 if it does not lie near the top.
   *
   * @param through kinds that may lie above it
   */
  public int above(Kind kind, List<Kind> through) {
    for (int i = 0; i < Math.min(open.size(), LOOK_MAX); i++) {
      steps++;
      Kind found = open.get(open.size() - 1 - i).kind();
      if (found == kind) {
        return i;
      }
      if (!through.contains(found)) {
        return -1;
      }
    }
    return -1;
  }

  /** Notes a bar of the innermost bracket. */
  public void bar() {
    if (barCount + 2 > bars.length) {
      bars = Arrays.copyOf(bars, 2 * bars.length);
    }
    bars[barCount++] = text.length();
    bars[barCount++] = -1;
    append('|');
  }

  /** Notes an = in the innermost bracket, which names the part if it is the first. */
  public void equalsSign() {
    Bracket top = top();
    if (top != null && barCount > top.bars() && bars[barCount - 1] < 0) {
      bars[barCount - 1] = text.length();
    }
    append('=');
  }

  /** The innermost bracket's parts, the first being what stands before the first bar. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int start = innermost().start();
    int equals = -1;
    for (int i = innermost().bars(); i < barCount; i += 2) {
      parts.add(new Part(start, equals, bars[i]));
      start = bars[i] + 1;
      equals = bars[i + 1];
    }
    parts.add(new Part(start, equals, text.length()));
    return parts;
  }

  /** The innermost bracket's text before its first bar. */
  public String firstPart() {
    Bracket top = innermost();
    return text(top.start(), barCount > top.bars() ? bars[top.bars()] : text.length());
  }

  /** A part of the text. */
  public String text(int start, int end) {
    steps += end - start;
    return text.substring(start, end);
  }

  /** Removes the innermost bracket and leaves its text. */
  public void leave() {
    barCount = innermost().bars();
    open.remove(open.size() - 1);
  }

  /** Removes the innermost bracket and its text, which leaves a mark. */
  public void drop() {
    cutBack();
    unknown.subList(innermost().unknown(), unknown.size()).clear();
    open.remove(open.size() - 1);
    append(Mark.DROPPED);
  }

  /** Removes the innermost bracket and puts this in the place of its text. */
  public void replace(String replacement) {
    cutBack();
    open.remove(open.size() - 1);
    append(replacement);
  }

  /** Puts this in the place of the innermost bracket's text; the bracket stays open. */
  public void restart(String replacement) {
    cutBack();
    append(replacement);
  }

  private void cutBack() {
    Bracket top = innermost();
    text.setLength(top.start());
    barCount = top.bars();
    lineStart = top.line().start();
    inkEnd = top.line().inkEnd();
    wordEnd = top.line().wordEnd();
  }

  private Bracket innermost() {
    return open.get(open.size() - 1);
  }
}
