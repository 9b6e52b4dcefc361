package io.realmstream.model.wikitext.template;

import io.realmstream.model.wikitext.facts.FactFile;
import io.realmstream.model.wikitext.facts.FactFile.Fact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What codes stand for: the lists of {@code words.txt}, by their names. */
final class Words {
  private final Map<String, String> words = new HashMap<>();
  private final Map<String, Boolean> lists = new HashMap<>();

  /**
   * @param facts names are a list's name, a space and a code
   */
  Words(List<Fact> facts) {
    for (Fact fact : facts) {
      String first = fact.names().get(0);
      String list = first.substring(0, first.indexOf(' '));
      lists.put(list, true);
      for (String name : fact.names()) {
        String code = name.startsWith(list + " ") ? name.substring(list.length() + 1) : name;
        words.put(list + " " + code, fact.value());
      }
    }
  }

  static Words shipped() {
    return new Words(FactFile.read("words.txt"));
  }

  boolean hasList(String list) {
    return lists.containsKey(list);
  }

  /** What the code stands for in this list; empty if it is not in it. */
  String get(String list, String code) {
    return words.getOrDefault(list + " " + code, "");
  }
}
