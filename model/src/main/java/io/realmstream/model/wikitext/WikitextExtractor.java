package io.realmstream.model.wikitext;

import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.source.SourceLimits;
import io.realmstream.model.wikitext.source.SourceReader;
import io.realmstream.model.wikitext.template.TemplateTable;
import io.realmstream.model.wikitext.text.TextWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes readable text of the wikitext of a page: the one extractor for feed and dump.
 *
 * <pre>
 *  wikitext --> [SourceReader] --> draft --> [TextWriter] --> text
 *               a character at a time,       a line at a time:
 *               brackets on a stack          paragraphs, sections, mending
 * </pre>
 *
 * <p>Equal wikitext gives equal text, on every machine and every day. Nothing throws, whatever the
 * input. Work grows with the length of the wikitext, and nothing recurs on the stack. Safe for use
 * by many threads. What is kept and what is dropped: {@code model/WIKITEXT.md}.
 */
public final class WikitextExtractor {
  /**
   * Rises when the same wikitext may give another text: code, table of templates, other lists, what
   * counts as a {@link Redirect}.
   */
  public static final int VERSION = 2;

  private static final TemplateTable TABLE = TemplateTable.shipped();

  private final boolean captions;
  private final SourceLimits limits;

  /** Without captions of files, with the default limits. */
  public WikitextExtractor() {
    this(false, SourceLimits.DEFAULT);
  }

  /**
   * @param captions whether captions of files are kept, each as a paragraph
   */
  public WikitextExtractor(boolean captions, SourceLimits limits) {
    this.captions = captions;
    this.limits = limits;
  }

  /** The text of a page. */
  public Extract extract(String wikitext) {
    SourceReader reader = new SourceReader(wikitext, TABLE, captions, limits);
    Draft draft = reader.read();
    Map<String, Integer> unknown = new HashMap<>();
    draft.unknown().forEach(name -> unknown.merge(name, 1, Integer::sum));
    return new Extract(TextWriter.write(draft.text()), reader.isCut(), unknown, reader.steps());
  }
}
