package io.realmstream.model.wikitext.source;

import io.realmstream.model.wikitext.draft.Bracket;
import io.realmstream.model.wikitext.draft.Bracket.Kind;
import io.realmstream.model.wikitext.draft.Draft;
import io.realmstream.model.wikitext.draft.Draft.Part;
import io.realmstream.model.wikitext.draft.Mark;
import io.realmstream.model.wikitext.template.Template;
import io.realmstream.model.wikitext.template.TemplateTable;
import io.realmstream.model.wikitext.template.TemplateTable.Rule;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads braces: puts what a template reads as in its place. */
final class TemplateReader {
  private static final int NAME_MAX = 255;
  private static final int PARTS_MAX = 200;

  /** Words or a number: what an unknown template's first parameter must be to stand for it. */
  private static final Pattern PLAIN =
      Pattern.compile("(?!.*://)[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} .,;:'’\"&%°()/+−–-]{0,119}");

  private final Source source;
  private final Draft draft;
  private final LinkReader links;
  private final TemplateTable table;

  TemplateReader(Source source, Draft draft, LinkReader links, TemplateTable table) {
    this.source = source;
    this.draft = draft;
    this.links = links;
    this.table = table;
  }

  /** At an opening brace. */
  void open() {
    int run = source.run('{');
    source.skip(run);
    if (run == 1) {
      draft.append('{');
    } else {
      draft.open(Kind.BRACES, source.at()).setBraces(run);
    }
  }

  /** At a closing brace. */
  void close() {
    int run = source.ahead(1) != '}' ? 1 : source.ahead(2) != '}' ? 2 : 3;
    int above = run == 1 ? -1 : draft.above(Kind.BRACES, List.of(Kind.LINK, Kind.TABLE));
    if (above < 0) {
      stray();
      return;
    }
    for (int i = 0; i < above; i++) {
      leave();
    }
    end(run);
  }

  /** One brace is text, more are what is left of a template. */
  private void stray() {
    int run = source.run('}');
    source.skip(run);
    draft.append(run == 1 ? "}" : "");
  }

  /** A bar that is written as a template: it divides a link, and is a character elsewhere. */
  private void bar() {
    if (draft.isIn(Kind.LINK)) {
      draft.bar();
    } else {
      draft.append('|');
    }
  }

  /** Closes what was open within a template and is not any more. */
  private void leave() {
    if (draft.isIn(Kind.LINK) && !draft.isDeep()) {
      links.end();
    } else {
      draft.leave();
    }
  }

  /**
   * Closes as many of the innermost braces as match: three are a parameter, two a template.
   *
   * @param run closing braces, two or three
   */
  private void end(int run) {
    Bracket bracket = top();
    int matched = Math.min(run, bracket.braces());
    source.skip(matched);
    if (matched == 2 && bracket.braces() == 2 && draft.firstPart().equals("!")) {
      draft.replace("");
      bar();
      return;
    }
    String text = draft.isDeep() ? "" : matched == 3 ? parameter() : template(bracket);
    bracket.setBraces(bracket.braces() - matched);
    String left = text.isEmpty() ? String.valueOf(Mark.DROPPED) : text;
    switch (bracket.braces()) {
      case 0 -> {
        if (text.isEmpty()) {
          draft.drop();
        } else {
          draft.replace(text);
        }
      }
      case 1 -> draft.replace("{" + left);
      default -> draft.restart(left);
    }
  }

  private Bracket top() {
    Bracket top = draft.top();
    if (top == null) {
      throw new IllegalStateException("no braces are open");
    }
    return top;
  }

  /** Of {{{name|default}}} the default: a page is called without parameters. */
  private String parameter() {
    List<Part> parts = draft.parts();
    return parts.size() == 1 ? "" : draft.text(parts.get(1).start(), parts.get(1).end());
  }

  private String template(Bracket bracket) {
    String first = Mark.plain(draft.firstPart());
    if (first.length() > NAME_MAX && first.indexOf(':') < 0) {
      return "";
    }
    List<Part> parts = draft.parts();
    int colon = first.indexOf(':');
    String function = colon < 0 ? "" : Template.key(first.substring(0, colon + 1));
    boolean isFunction =
        colon >= 0 && (function.startsWith("#") || table.rule(function, 0) != null);
    String key = isFunction ? function : Template.key(first);
    int unnamed = isFunction ? 1 : 0;
    for (Part part : parts.subList(1, parts.size())) {
      unnamed += part.equals() < 0 ? 1 : 0;
    }
    Rule rule = table.rule(key, unnamed);
    if (rule == TemplateTable.NOTHING) {
      return "";
    }
    Template template = new Template();
    if (isFunction) {
      template.add(first.substring(colon + 1));
    }
    return rule == null ? unknown(bracket, first, parts) : known(bracket, rule, template, parts);
  }

  private String known(Bracket bracket, Rule rule, Template template, List<Part> parts) {
    for (Part part : parts.subList(1, Math.min(parts.size(), PARTS_MAX))) {
      if (part.equals() < 0) {
        template.add(draft.text(part.start(), part.end()));
      } else {
        String name = Mark.plain(draft.text(part.start(), part.equals()));
        template.add(name, draft.text(part.equals() + 1, part.end()));
      }
    }
    String text = rule.text(template);
    return text.length() > lengthMax(bracket) ? "" : text;
  }

  /** So that templates in templates cannot grow without end. */
  private int lengthMax(Bracket bracket) {
    return 4 * (source.at() - bracket.from() + 4);
  }

  private String unknown(Bracket bracket, String name, List<Part> parts) {
    if (isBlock(bracket)) {
      return "";
    }
    draft.addUnknown(name);
    String words = firstUnnamed(parts);
    return words != null && PLAIN.matcher(words).matches() ? words : String.valueOf(Mark.DROPPED);
  }

  private @Nullable String firstUnnamed(List<Part> parts) {
    for (Part part : parts.subList(1, parts.size())) {
      if (part.equals() < 0) {
        return Mark.plain(draft.text(part.start(), part.end()));
      }
    }
    return null;
  }

  private boolean isBeforeTemplate() {
    return source.startsWith("{{", source.afterSpaces() - source.at());
  }

  /** Whether it has a line of its own, or several lines, or stands in a row of templates. */
  private boolean isBlock(Bracket bracket) {
    if (bracket.startsLine() && (source.restOfLineIsBlank() || isBeforeTemplate())) {
      return true;
    }
    draft.addSteps(source.at() - bracket.from());
    for (int i = bracket.from(); i < source.at(); i++) {
      if (source.text().charAt(i) == '\n') {
        return true;
      }
    }
    return false;
  }
}
