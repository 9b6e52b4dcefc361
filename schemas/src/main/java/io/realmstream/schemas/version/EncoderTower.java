package io.realmstream.schemas.version;

import org.jspecify.annotations.Nullable;

/**
 * An encoder: the document tower or the query tower of a retriever.
 *
 * @param trunk ONNX transformer
 * @param tokenizer tokenizer.json; its own truncation and padding are not used
 * @param projection ONNX or raw head applied to the pooled output; null = none
 * @param normalized whether the vector is scaled to length 1
 * @param prefix text before every input, for instance "passage: "
 * @param tokensMax input limit in tokens, special tokens included
 */
public record EncoderTower(
    Part trunk,
    Part tokenizer,
    @Nullable Part projection,
    Pooling pooling,
    boolean normalized,
    String prefix,
    TitleForm title,
    int tokensMax) {

  /** The same with that projection. */
  public EncoderTower with(Part head) {
    return new EncoderTower(trunk, tokenizer, head, pooling, normalized, prefix, title, tokensMax);
  }
}
