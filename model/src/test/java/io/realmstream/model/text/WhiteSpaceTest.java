package io.realmstream.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhiteSpaceTest {
  /** What BERT's cleaning makes a space of; it removes the other controls, and joins words so. */
  private static final String OF_BERT =
      "\t\n\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
          + "\u2028\u2029\u202f\u205f\u3000";

  private static Path directory;
  private static PartCache cache;

  @BeforeAll
  static void open(@TempDir Path temporary) {
    directory = temporary;
    cache = TestParts.cache(directory);
  }

  @Test
  void tokenizersThatShipIgnoreWhatBertTakesForASpace() throws Exception {
    for (String name : DefaultCheckpoints.NAMES) {
      RetrieverCheckpoint checkpoint = DefaultCheckpoints.named(name);
      for (Part part :
          List.of(checkpoint.documentTower().tokenizer(), checkpoint.reader().tokenizer())) {
        assertThat(of(part).characters()).as(name).isEqualTo(OF_BERT);
      }
    }
  }

  @Test
  void textsThatBecomeEqualHaveEqualTokens() throws Exception {
    Tokenizer tokenizer =
        Tokenizer.open(DefaultCheckpoints.e5().documentTower().tokenizer(), cache);
    WhiteSpace white = tokenizer.whiteSpace();
    String plain = "The light (12 m), lit 1868, is \u706f\u53f0 caf\u00e9.";
    String spaced =
        "\u3000The\tlight\u00a0\u00a0(12\r\nm),\u2028lit  1868, is \n\n \u706f\u53f0 caf\u00e9.\t";

    assertThat(white.collapse(spaced)).isEqualTo(plain);
    assertThat(tokenizer.ids(spaced)).isEqualTo(tokenizer.ids(plain));
    // a vertical tab is removed, and the words around it become one
    assertThat(white.collapse("a\u000bb")).isEqualTo("a\u000bb");
    assertThat(tokenizer.ids("a\u000bb")).isEqualTo(tokenizer.ids("ab"));
    tokenizer.close();
  }

  @Test
  void aTokenizerThatSeesSpacesIgnoresNone() throws Exception {
    assertThat(
            of(
                tokenizer(
                    "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, "
                        + "\"trim_offsets\": true}")))
        .isEqualTo(WhiteSpace.NONE);
    assertThat(
            of(
                tokenizer(
                    "{\"type\": \"Split\", \"pattern\": {\"String\": \" \"}, "
                        + "\"behavior\": \"Isolated\", \"invert\": false}")))
        .isEqualTo(WhiteSpace.NONE);
  }

  @Test
  void aTokenizerWithoutCleaningIgnoresAllThatUnicodeCallsWhite() throws Exception {
    assertThat(of(tokenizer("{\"type\": \"WhitespaceSplit\"}")).characters())
        .contains("\u000b", "\f", "\u0085", "\u3000", OF_BERT.substring(5))
        .hasSize(25);
  }

  @Test
  void runsBecomeOneSpaceAndEndsNothing() {
    WhiteSpace white = new WhiteSpace("\t ");
    assertThat(white.collapse(" a \t b\nc  ")).isEqualTo("a b\nc");
    assertThat(white.collapse("\t ")).isEmpty();
    assertThat(white.collapse("")).isEmpty();
    assertThat(WhiteSpace.NONE.collapse(" a  b ")).isEqualTo(" a  b ");
  }

  @Test
  void ofTwoTokenizersThatCountsWhichBothIgnore() {
    assertThat(new WhiteSpace("\t\n ").and(new WhiteSpace("\t "))).isEqualTo(new WhiteSpace("\t "));
    assertThat(new WhiteSpace("\t ").and(WhiteSpace.NONE)).isEqualTo(WhiteSpace.NONE);
  }

  private static WhiteSpace of(Part part) throws Exception {
    Tokenizer tokenizer = Tokenizer.open(part, cache);
    WhiteSpace white = tokenizer.whiteSpace();
    tokenizer.close();
    return white;
  }

  /** One that tells single characters apart, after that pre-tokenizer. */
  private static Part tokenizer(String preTokenizer) throws Exception {
    StringBuilder vocabulary = new StringBuilder("\"[UNK]\": 0, \"[CLS]\": 1, \"[SEP]\": 2");
    String characters = "aBb12.- \u0120\u4e2d\u6587\u00e9";
    for (int i = 0; i < characters.length(); i++) {
      vocabulary.append(", \"%s\": %d".formatted(characters.charAt(i), 3 + i));
    }
    String json =
        """
        {"version": "1.0",
         "added_tokens": [],
         "pre_tokenizer": %s,
         "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]},
         "model": {"type": "BPE", "unk_token": "[UNK]", "vocab": {%s}, "merges": []}}
        """
            .formatted(preTokenizer, vocabulary);
    String name = "tokenizer-%08x.json".formatted(preTokenizer.hashCode());
    return TestParts.write(directory, name, json.getBytes(StandardCharsets.UTF_8));
  }
}
