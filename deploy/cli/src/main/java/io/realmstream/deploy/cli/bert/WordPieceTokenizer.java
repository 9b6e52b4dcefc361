package io.realmstream.deploy.cli.bert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** The tokenizer of an uncased BERT, as a tokenizer.json, out of its vocabulary. */
final class WordPieceTokenizer {
  private static final int WORD_CHARS_MAX = 100;
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private WordPieceTokenizer() {}

  /**
   * Makes the tokenizer.
   *
   * @param vocabulary its tokens in the order of their ids
   * @throws IOException when a special token is missing
   */
  static byte[] json(List<String> vocabulary) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode().put("version", "1.0");
    ArrayNode added = root.putArray("added_tokens");
    for (String token : SPECIAL) {
      added.add(special(json, token, id(vocabulary, token)));
    }
    root.putObject("normalizer")
        .put("type", "BertNormalizer")
        .put("clean_text", true)
        .put("handle_chinese_chars", true)
        .putNull("strip_accents")
        .put("lowercase", true);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    ObjectNode wrapper = root.putObject("post_processor").put("type", "BertProcessing");
    wrapper.putArray("sep").add("[SEP]").add(id(vocabulary, "[SEP]"));
    wrapper.putArray("cls").add("[CLS]").add(id(vocabulary, "[CLS]"));
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    ObjectNode model =
        root.putObject("model")
            .put("type", "WordPiece")
            .put("unk_token", "[UNK]")
            .put("continuing_subword_prefix", "##")
            .put("max_input_chars_per_word", WORD_CHARS_MAX);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.get(id), id);
    }
    return json.writeValueAsBytes(root);
  }

  private static ObjectNode special(ObjectMapper json, String token, int id) {
    return json.createObjectNode()
        .put("id", id)
        .put("content", token)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static int id(List<String> vocabulary, String token) throws IOException {
    int id = vocabulary.indexOf(token);
    if (id < 0) {
      throw new IOException("the vocabulary has no " + token);
    }
    return id;
  }
}
