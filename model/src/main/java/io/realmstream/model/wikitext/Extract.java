package io.realmstream.model.wikitext;

import java.util.Map;

/**
 * What was made of a page's wikitext.
 *
 * @param text readable text in Unicode's form NFC: an empty line between paragraphs, list items
 *     behind "- ", names of sections in the line before their first paragraph; may be empty
 * @param cut whether a limit ended the reading; the text is then that of the part before it
 * @param unknownTemplates how often each template that the table does not have stands in a
 *     sentence, in alphabetical order of their names
 * @param steps characters that were read, copied and looked through: what the work was, whatever
 *     the machine
 */
public record Extract(String text, boolean cut, Map<String, Integer> unknownTemplates, long steps) {
  public Extract {
    unknownTemplates = Map.copyOf(unknownTemplates);
  }
}
