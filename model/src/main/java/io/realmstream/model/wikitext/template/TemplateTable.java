package io.realmstream.model.wikitext.template;

import io.realmstream.model.wikitext.facts.FactFile;
import io.realmstream.model.wikitext.facts.FactFile.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The templates that are known, and how each reads: the table {@code templates.txt}, whose head
 * says how it is extended. Safe for use by many threads.
 */
public final class TemplateTable {
  /** What a template reads as. */
  public interface Rule {
    /** The template's text; empty for nothing. */
    String text(Template template);
  }

  /** Nothing, whatever the parameters. */
  public static final Rule NOTHING = template -> "";

  private final Map<String, Rule> rules = new HashMap<>();

  /** Wildcards by the first letter of their names; those that begin with a star are under '*'. */
  private final Map<Character, List<Wildcard>> wildcards = new HashMap<>();

  private final Words words = Words.shipped();
  private final Map<String, Rule> functions = functions(words);

  /** A name with a star in it. */
  private record Wildcard(String prefix, String suffix, Rule rule) {
    /** The rule for a name, which knows what the star stands for. */
    Rule of(String name) {
      if (rule == NOTHING) {
        return rule;
      }
      String star = name.substring(prefix.length(), name.length() - suffix.length());
      return template -> {
        template.add("*", star);
        return rule.text(template);
      };
    }

    boolean matches(String name) {
      return name.length() >= prefix.length() + suffix.length()
          && name.startsWith(prefix)
          && name.endsWith(suffix);
    }
  }

  /**
   * @param facts names of templates with the patterns that they read as
   * @throws IllegalArgumentException for a name that occurs twice and a pattern that is none
   */
  TemplateTable(List<Fact> facts) {
    for (Fact fact : facts) {
      Rule rule = rule(fact.value());
      fact.names().forEach(name -> add(Template.key(name), rule));
    }
  }

  /** The table that ships. */
  public static TemplateTable shipped() {
    return new TemplateTable(FactFile.read("templates.txt"));
  }

  private static Map<String, Rule> functions(Words words) {
    Measures measures = new Measures(words);
    return Map.of(
        "@date", Dates::date,
        "@death", Dates::death,
        "@age", Dates::age,
        "@as-of", Dates::asOf,
        "@value", Numbers::value,
        "@measure", measures::words,
        "@symbols", measures::symbols);
  }

  private Rule rule(String pattern) {
    if (pattern.isEmpty()) {
      return NOTHING;
    }
    if (pattern.startsWith("@")) {
      Rule function = functions.get(pattern);
      if (function == null) {
        throw new IllegalArgumentException("no function " + pattern);
      }
      return function;
    }
    return new Pattern(pattern, words)::render;
  }

  private void add(String name, Rule rule) {
    int star = name.indexOf('*');
    if (star >= 0 && name.length() > 1) {
      wildcards
          .computeIfAbsent(name.charAt(0), letter -> new ArrayList<>())
          .add(new Wildcard(name.substring(0, star), name.substring(star + 1), rule));
    } else if (rules.put(name, rule) != null) {
      throw new IllegalArgumentException("twice in the table: " + name);
    }
  }

  /**
   * How the template reads.
   *
   * @param name in the form of {@link Template#key}
   * @return null if the table does not have it
   */
  public @Nullable Rule rule(String name, int unnamedCount) {
    Rule rule = rules.get(name + "/" + unnamedCount);
    if (rule == null) {
      rule = rules.get(name);
    }
    if (rule == null && !name.isEmpty()) {
      rule = wildcard(name, name.charAt(0));
    }
    return rule == null ? wildcard(name, '*') : rule;
  }

  private @Nullable Rule wildcard(String name, char first) {
    for (Wildcard wildcard : wildcards.getOrDefault(first, List.of())) {
      if (wildcard.matches(name)) {
        return wildcard.of(name);
      }
    }
    return null;
  }
}
