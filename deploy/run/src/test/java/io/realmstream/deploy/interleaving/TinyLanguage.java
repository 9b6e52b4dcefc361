package io.realmstream.deploy.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A language of few words, in which texts meet often; its tokenizer is a tokenizer.json. */
public final class TinyLanguage {
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "a");
  private static final List<String> WORDS = words();

  /** Ids of the tokenizer. */
  static final int VOCABULARY = SPECIAL.size() + WORDS.size();

  private TinyLanguage() {}

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (String first : List.of("b", "d", "k", "l", "m", "r", "s", "t")) {
      for (String vowel : List.of("a", "e", "i", "o", "u")) {
        words.add(first + vowel + "n");
      }
    }
    return words;
  }

  /** Some words without an end. */
  public static String words(Random random, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return words.toString();
  }

  /** Some words that begin with a capital and end with a full stop. */
  public static String sentence(Random random) {
    String words = words(random, 2 + random.nextInt(7));
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  /** One token a word, as {@code [CLS] text [SEP]}. */
  static String tokenizer() {
    StringBuilder vocabulary = new StringBuilder();
    List<String> tokens = new ArrayList<>(SPECIAL);
    tokens.addAll(WORDS);
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.append(id == 0 ? "" : ",").append("\"%s\":%d".formatted(tokens.get(id), id));
    }
    return """
    {"version": "1.0",
     "added_tokens": [%s, %s],
     "normalizer": {"type": "Lowercase"},
     "pre_tokenizer": {"type": "BertPreTokenizer"},
     "post_processor": {"type": "TemplateProcessing",
       "single": [%s, {"Sequence": {"id": "A", "type_id": 0}}, %s],
       "pair": [%s, {"Sequence": {"id": "A", "type_id": 0}}, %s,
                {"Sequence": {"id": "B", "type_id": 1}}, %s],
       "special_tokens": {
         "[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
         "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
     "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
       "max_input_chars_per_word": 100, "vocab": {%s}}}
    """
        .formatted(
            added(2, "[CLS]"),
            added(3, "[SEP]"),
            special("[CLS]"),
            special("[SEP]"),
            special("[CLS]"),
            special("[SEP]"),
            special("[SEP]"),
            vocabulary);
  }

  private static String added(int id, String token) {
    return """
    {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false, \
    "normalized": false, "special": true}\
    """
        .formatted(id, token);
  }

  private static String special(String token) {
    return "{\"SpecialToken\": {\"id\": \"%s\", \"type_id\": 0}}".formatted(token);
  }
}
