package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordRulesTest {
  private static final String BERT =
      """
      {"version": "1.0", "normalizer": {"type": "BertNormalizer", "lowercase": true},
       "added_tokens": [{"id": 1, "content": "[SEP]", "special": true, "single_word": false,
         "lstrip": false, "rstrip": false, "normalized": false}],
       "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null,
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"a": 0, "[SEP]": 1}}}\
      """;

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // JUnit sets the directory
  WordRulesTest() {}

  @Test
  void rulesOfBertLookAtOneCharacter() throws Exception {
    WordRules rules = rules(BERT);

    assertThat(rules.lookAtOneCharacter()).isTrue();
    assertThat(rules.addedTexts()).containsExactly("[SEP]");
  }

  /** Any of these may make one word of characters that BERT's rules make two of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"BertNormalizer\" | \"NFKC\"",
        "\"BertPreTokenizer\" | \"Whitespace\"",
        "{\"type\": \"BertPreTokenizer\"} | null",
        "\"WordPiece\" | \"Unigram\"",
        "\"type\": \"WordPiece\", | ''",
        "\"single_word\": false | \"single_word\": true",
        "\"lstrip\": false | \"lstrip\": true",
        "\"rstrip\": false | \"rstrip\": true",
        "\"normalized\": false | \"normalized\": true",
        "\"content\": \"[SEP]\" | \"content\": \"[S P]\""
      })
  void otherRulesMayNot(String what, String instead) throws Exception {
    assertThat(BERT).contains(what);
    assertThat(rules(BERT.replace(what, instead)).lookAtOneCharacter()).isFalse();
  }

  private WordRules rules(String json) throws Exception {
    Path file = Files.writeString(directory.resolve("tokenizer.json"), json);
    return WordRules.of(file.toFile());
  }
}
