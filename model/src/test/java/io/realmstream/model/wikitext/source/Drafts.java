package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Mark;
import io.realmstream.model.wikitext.template.TemplateTable;

/** Drafts of wikitext, in which a visible sign stands for each mark. */
final class Drafts {
  private static final TemplateTable TABLE = TemplateTable.shipped();

  private Drafts() {}

  /** ~ is something dropped, / a line's end in a paragraph, $ a line of a table, ^ text. */
  static String of(String wikitext) {
    return new SourceReader(wikitext, TABLE, false, SourceLimits.DEFAULT)
        .read()
        .text()
        .replace(Mark.DROPPED, '~')
        .replace(Mark.BREAK, '/')
        .replace(Mark.CELL, '$')
        .replace(Mark.TEXT, '^')
        .replace(Mark.ITALIC, '2')
        .replace(Mark.BOLD, '3')
        .replace(Mark.BOLD_ITALIC, '5');
  }
}
