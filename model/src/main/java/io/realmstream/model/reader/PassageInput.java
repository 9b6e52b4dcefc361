package io.realmstream.model.reader;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.TitleForm;

/**
 * Packs a question and a passage for a reader: {@code [CLS] question [SEP] title [SEP] body [SEP]};
 * segment 0 up to the first [SEP], then 1. A title that is empty, or not wanted, takes its [SEP]
 * with it; as TEXT it stands before the body without one.
 *
 * @param titleTokensMax tokens of a title that are used
 * @param inputTokensMax tokens of the whole input; the body is cut at what the rest leaves
 */
public record PassageInput(
    Tokenizer tokenizer, TitleForm title, int titleTokensMax, int inputTokensMax) {
  /** [CLS] and three [SEP]. */
  private static final int SPECIAL_TOKENS = 4;

  /**
   * Checks that a body has room behind the longest question and title.
   *
   * @throws CheckpointException when it has none
   */
  public static void requireRoom(int questionTokensMax, int titleTokensMax, int inputTokensMax)
      throws CheckpointException {
    if (inputTokensMax <= questionTokensMax + titleTokensMax + SPECIAL_TOKENS) {
      throw new CheckpointException(
          "inputTokensMax = %d leaves a body no room".formatted(inputTokensMax));
    }
  }

  /** {@code [CLS] question [SEP]}, of the first {@code count} tokens of the question. */
  public TokenSequence question(long[] tokens, int count) {
    return new TokenSequence(inputTokensMax)
        .add(tokenizer.first(), 0)
        .add(tokens, count, 0)
        .add(tokenizer.separator(), 0);
  }

  /** Adds the title behind a question. */
  public void addTitle(TokenSequence sequence, String text) {
    if (title == TitleForm.NONE) {
      return;
    }
    long[] tokens = tokenizer.ids(text, titleTokensMax);
    int count = Math.min(tokens.length, titleTokensMax);
    sequence.add(tokens, count, 1);
    if (title == TitleForm.SEGMENT && count > 0) {
      sequence.add(tokenizer.separator(), 1);
    }
  }

  /**
   * Adds the body and the last [SEP].
   *
   * @return how many of the tokens had room
   */
  public int addBody(TokenSequence sequence, long[] tokens) {
    int count = Math.min(tokens.length, sequence.room() - 1);
    sequence.add(tokens, count, 1).add(tokenizer.separator(), 1);
    return count;
  }
}
