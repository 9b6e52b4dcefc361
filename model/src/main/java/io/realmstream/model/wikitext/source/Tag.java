package io.realmstream.model.wikitext.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done with HTML's tags and those of MediaWiki's extensions. */
enum Tag {
  /** The tag goes, its content stays. */
  INLINE(
      "b i u s em strong small big sub span font tt code kbd samp var cite abbr bdi bdo data time mark"
          + " dfn ruby rb rp rt rtc strike del ins noinclude onlyinclude translate tvar section"
          + " nobr wbr a img meta link languages label nop"),
  SUPERSCRIPT("sup"),
  QUOTE("q"),
  BREAK("br"),
  PARAGRAPH("p div center blockquote ul ol dl hr caption thead tbody tfoot address article"),
  ITEM("li"),
  DEFINITION("dt dd"),
  ROW("tr"),
  CELL("td th"),
  TABLE("table"),
  HEADING("h1 h2 h3 h4 h5 h6"),
  /** Each line of it is a line. */
  POEM("poem"),
  /** Its content is text, whatever it looks like. */
  NOWIKI("nowiki"),
  /** The same, in lines. */
  PREFORMATTED("pre syntaxhighlight source"),
  FORMULA("math chem ce"),
  /** It goes with its content. */
  DROPPED(
      "ref references gallery includeonly timeline score hiero imagemap templatedata mapframe maplink"
          + " graph inputbox categorytree indicator templatestyles section-h ref-list score charinsert"
          + " dynamicpagelist listing rss style script title svg mapdata chart phonos");

  private static final Map<String, Tag> BY_NAME = byName();

  private final String names;

  Tag(String names) {
    this.names = names;
  }

  private static Map<String, Tag> byName() {
    Map<String, Tag> byName = new HashMap<>();
    for (Tag tag : values()) {
      for (String name : tag.names.split(" ", -1)) {
        byName.put(name, tag);
      }
    }
    return byName;
  }

  /**
   * The tag of that name; null if there is none, so that the text keeps it with its brackets.
   *
   * @param name small letters
   */
  static @Nullable Tag of(String name) {
    return BY_NAME.get(name);
  }
}
