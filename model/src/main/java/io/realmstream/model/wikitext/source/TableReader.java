package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.draft.Mark;
import java.util.List;

/**
 * Reads the lines of tables, which are dropped. Of a table that never ends, only the lines that
 * begin as those of tables do are dropped, so it does not take the rest of the page with it.
 */
final class TableReader {
  private final Source source;
  private final Draft draft;

  TableReader(Source source, Draft draft) {
    this.source = source;
    this.draft = draft;
  }

  /** At a brace and a bar: whether a table begins, which it does in front of a line's words. */
  boolean open() {
    if (source.ahead(1) != '|' || source.ahead(2) == '}' || !draft.lineHasNoWord()) {
      return false;
    }
    source.skip(2);
    draft.open(Kind.TABLE, source.at());
    draft.append('\n');
    draft.append(Mark.CELL);
    return true;
  }

  /** At the beginning of a line. */
  void startLine() {
    int first = source.afterSpaces() - source.at();
    if (source.ahead(first) == '|' && source.ahead(first + 1) == '}') {
      boolean endsTemplate = source.ahead(first + 2) == '}' && source.ahead(first + 3) != '}';
      if (!endsTemplate && close(List.of(Kind.LINK, Kind.BRACES))) {
        source.skip(first + 2);
        return;
      }
    }
    boolean row = source.ahead(first) == '|' || source.ahead(first) == '!';
    if (row && draft.isIn(Kind.TABLE)) {
      draft.append(Mark.CELL);
    }
  }

  /**
   * Ends the innermost table with all that is open in it.
   *
   * @param through what may be open in it
   * @return false if no table is open
   */
  boolean close(List<Kind> through) {
    int above = draft.above(Kind.TABLE, through);
    for (int i = 0; i < above; i++) {
      draft.leave();
    }
    if (above >= 0) {
      draft.drop();
    }
    return above >= 0;
  }
}
