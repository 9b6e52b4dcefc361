package io.realmstream.model.wikitext.facts;

import io.realmstream.model.wikitext.facts.FactFile.Fact;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTML's character entities: those of HTML 4 by name, all by number. */
public final class Entities {
  /** Longer than any name and any number that is a code point. */
  private static final int LENGTH_MAX = 12;

  private static final Map<String, String> BY_NAME = byName();

  /** An entity: the character that it stands for, and its length in the source. */
  public record Entity(String character, int length) {}

  private Entities() {}

  private static Map<String, String> byName() {
    Map<String, String> byName = new HashMap<>();
    for (Fact fact : FactFile.read("entities.txt")) {
      String character = Character.toString(Integer.parseInt(fact.value(), 16));
      fact.names().forEach(name -> byName.put(name, character));
    }
    return byName;
  }

  /**
   * The entity that begins there.
   *
   * @param at offset of an ampersand
   * @return null if that is none: no name of an entity, no code point that text may have, no
   *     semicolon
   */
  public static @Nullable Entity at(String text, int at) {
    int semicolon = at + 1;
    while (semicolon < text.length() && text.charAt(semicolon) != ';') {
      if (semicolon - at > LENGTH_MAX) {
        return null;
      }
      semicolon++;
    }
    if (semicolon >= text.length()) {
      return null;
    }
    String name = text.substring(at + 1, semicolon);
    String character = name.startsWith("#") ? byNumber(name.substring(1)) : BY_NAME.get(name);
    return character == null ? null : new Entity(character, semicolon + 1 - at);
  }

  private static @Nullable String byNumber(String digits) {
    boolean hex = digits.startsWith("x") || digits.startsWith("X");
    int radix = hex ? 16 : 10;
    int codePoint = 0;
    int start = hex ? 1 : 0;
    for (int i = start; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), radix) : -1;
      codePoint = digit < 0 ? Integer.MAX_VALUE : radix * codePoint + digit;
      if (codePoint > Character.MAX_CODE_POINT) {
        return null;
      }
    }
    boolean given = digits.length() > start && codePoint > 0;
    return given ? Character.toString(codePoint) : null;
  }
}
