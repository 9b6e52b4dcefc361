package io.realmstream.model.wikitext.template;

import io.realmstream.model.wikitext.draft.Mark;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parameters of a template as a page uses it; templates in them are resolved. */
public final class Template {
  private static final String NAMESPACE = "template:";

  private final Map<String, String> parameters = new HashMap<>();
  private int unnamedCount;

  /** The name of a template in the form in which it is looked up: small letters, single spaces. */
  public static String key(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    if (key.startsWith(NAMESPACE)) {
      key = key.substring(NAMESPACE.length()).strip();
    }
    StringBuilder single = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char character = key.charAt(i) == '_' ? ' ' : key.charAt(i);
      if (character != ' ' || single.length() == 0 || single.charAt(single.length() - 1) != ' ') {
        single.append(character);
      }
    }
    return single.toString();
  }

  /** Adds a parameter that has a name. */
  public void add(String parameter, String value) {
    parameters.put(parameter, value.strip());
  }

  /** Adds a parameter that has none: the first is "1". */
  public void add(String value) {
    unnamedCount++;
    add(Integer.toString(unnamedCount), value);
  }

  /** How many parameters have no name. */
  int unnamedCount() {
    return unnamedCount;
  }

  /** A parameter with the marks in it; empty if there is none. */
  String marked(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  /** A parameter without marks; empty if there is none. */
  String plain(String parameter) {
    return Mark.plain(marked(parameter));
  }

  /** A parameter without a name, counted from 1, without marks; empty if there is none. */
  String plain(int number) {
    return plain(Integer.toString(number));
  }

  /** Whether a parameter has one of these values, such as "y" and "yes". */
  boolean is(String parameter, String... values) {
    return List.of(values).contains(plain(parameter).toLowerCase(Locale.ROOT));
  }
}
