package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.draft.Draft.Part;
import io.realmstream.model.wikitext.draft.Mark;
import io.realmstream.model.wikitext.facts.LinkNames;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads square brackets: of a link its text stays, of a file at most its caption. A link that does
 * not close in its paragraph ends there.
 */
final class LinkReader {
  private static final List<String> SCHEMES =
      List.of(
          "http://",
          "https://",
          "//",
          "ftp://",
          "ftps://",
          "sftp://",
          "mailto:",
          "irc://",
          "ircs://",
          "news:",
          "gopher://",
          "telnet://",
          "git://",
          "svn://",
          "tel:",
          "magnet:");

  /** What ends the address of an external link, beside white space. */
  private static final String AFTER_ADDRESS = "[]<>\"{}|\n\t ";

  /** Parameters of a file that are no caption. */
  private static final Pattern FILE_OPTION =
      Pattern.compile(
          "thumb(nail)?|frame(d|less)?|border|right|left|cent(er|re)|none|baseline|middle|sub|super"
              + "|top|text-top|bottom|text-bottom|upright( .*)?|\\d*(x\\d+)? ?px"
              + "|[a-z]+ ?=.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Source source;
  private final Draft draft;
  private final boolean captions;

  /** External links of this line that are open. */
  private int external;

  /**
   * @param captions whether those of files are kept
   */
  LinkReader(Source source, Draft draft, boolean captions) {
    this.source = source;
    this.draft = draft;
    this.captions = captions;
  }

  /** At opening square brackets: of an odd number, one is text or begins an address. */
  void open() {
    int run = source.run('[');
    source.skip(run);
    boolean isExternal = startsAddress();
    int left = isExternal ? run - 1 : run;
    if (left % 2 == 1) {
      draft.append('[');
    }
    for (int i = 0; i < left / 2; i++) {
      draft.open(Kind.LINK, source.at());
    }
    if (isExternal) {
      openExternal();
    }
  }

  private boolean startsAddress() {
    for (String scheme : SCHEMES) {
      if (source.startsWith(scheme, 0)) {
        return true;
      }
    }
    return false;
  }

  /** Behind the bracket of an external link: its address is no text, unless it stands alone. */
  private void openExternal() {
    int length = 0;
    while (AFTER_ADDRESS.indexOf(source.ahead(length)) < 0) {
      length++;
    }
    draft.addSteps(length);
    source.skip(length);
    if (source.ahead(0) == ']') {
      source.skip(1);
      draft.append(Mark.DROPPED);
    } else {
      source.skip(source.ahead(0) == ' ' ? 1 : 0);
      external++;
    }
  }

  /** At a closing square bracket. */
  void close() {
    if (external > 0) {
      external--;
      source.skip(1);
    } else if (source.ahead(1) == ']') {
      source.skip(2);
      if (draft.isIn(Kind.LINK)) {
        end();
      }
    } else {
      source.skip(1);
      draft.append(']');
    }
  }

  /** At the end of a line. */
  void endLine() {
    external = 0;
  }

  /** At the end of a paragraph. */
  void endParagraph() {
    while (draft.isIn(Kind.LINK)) {
      if (draft.isDeep()) {
        draft.leave();
      } else {
        end();
      }
    }
  }

  /** Puts its text in the place of the innermost bracket, a link. */
  void end() {
    if (draft.isDeep()) {
      draft.drop();
      return;
    }
    String target = draft.firstPart();
    switch (LinkNames.kind(Mark.plain(target))) {
      case CATEGORY, LANGUAGE -> draft.drop();
      case FILE -> endFile();
      case PAGE -> {
        List<Part> parts = draft.parts();
        if (parts.size() == 1) {
          draft.replace(shown(target));
        } else {
          String text = draft.text(parts.get(1).start(), parts.get(parts.size() - 1).end());
          draft.replace(text.isBlank() ? withoutPipe(target) : text);
        }
      }
    }
  }

  private void endFile() {
    List<Part> parts = draft.parts();
    Part last = parts.get(parts.size() - 1);
    if (!captions || parts.size() == 1) {
      draft.drop();
      return;
    }
    String caption = draft.text(last.start(), last.end());
    if (FILE_OPTION.matcher(Mark.plain(caption)).matches()) {
      draft.drop();
    } else {
      draft.replace("\n\n" + caption.strip() + "\n\n");
    }
  }

  /** A target as it is shown where it has no text: without the colon that makes it a link. */
  private static String shown(String target) {
    return target.startsWith(":") || target.startsWith("#") ? target.substring(1) : target;
  }

  /** What an empty text stands for: the target without namespace and bracketed addition. */
  private static String withoutPipe(String target) {
    String name = shown(target);
    int colon = name.indexOf(':');
    int bracket = name.lastIndexOf(" (");
    return name.substring(colon + 1, bracket > colon ? bracket : name.length()).strip();
  }
}
