package io.realmstream.model.text;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tokenizer.json says of where words end. Rules of BERT's kind look at one character at a
 * time: white space and certain characters end a word whatever stands beside them.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WordRules(
    @Nullable Step normalizer,
    @JsonProperty("pre_tokenizer") @Nullable Step preTokenizer,
    @Nullable Step model,
    @JsonProperty("added_tokens") @Nullable List<Added> addedTokens) {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Step(@Nullable String type) {
    boolean is(String other) {
      return other.equals(type);
    }
  }

  /** A token that is found in the text before words are, such as [SEP]. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Added(
      @Nullable String content,
      boolean normalized,
      @JsonProperty("single_word") boolean singleWord,
      boolean lstrip,
      boolean rstrip) {
    boolean looksFarther() {
      return normalized
          || singleWord
          || lstrip
          || rstrip
          || content == null
          || content.chars().anyMatch(Character::isWhitespace);
    }
  }

  static WordRules of(File tokenizer) throws IOException {
    return new ObjectMapper().readValue(tokenizer, WordRules.class);
  }

  /**
   * Whether every rule looks at one character, and added tokens are found as they stand in the
   * text.
   */
  boolean lookAtOneCharacter() {
    return normalizer != null
        && normalizer.is("BertNormalizer")
        && preTokenizer != null
        && preTokenizer.is("BertPreTokenizer")
        && model != null
        && model.is("WordPiece")
        && added().stream().noneMatch(Added::looksFarther);
  }

  /** The added tokens as they stand in a text. */
  List<String> addedTexts() {
    return added().stream().map(Added::content).filter(Objects::nonNull).toList();
  }

  private List<Added> added() {
    return addedTokens == null ? List.of() : addedTokens;
  }
}
