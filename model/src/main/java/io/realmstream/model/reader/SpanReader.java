package io.realmstream.model.reader;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.onnx.Closing;
import io.realmstream.model.onnx.InferenceException;
import io.realmstream.model.onnx.TokenModel;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.model.text.Tokens;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.TitleForm;
import java.util.Arrays;
import java.util.List;

/**
 * A reader that is open: scores every token of a passage as the start and the end of the answer to
 * a question. Safe for use by many threads.
 *
 * <p>Its input is {@code [CLS] question [SEP] title [SEP] body [SEP]}; segment 0 up to the first
 * [SEP], then 1. A title that is empty, or not wanted, takes its [SEP] with it; as TEXT it stands
 * before the body without one. Question and title are cut at their limits, the body at what they
 * leave of the input's.
 */
public final class SpanReader implements AutoCloseable {
  /** [CLS] and three [SEP]. */
  private static final int SPECIAL_TOKENS = 4;

  private final ReaderPart part;
  private final Tokenizer tokenizer;
  private final TokenModel model;
  private final Closing closing;

  /**
   * Opens the reader and runs its longest input once.
   *
   * @throws CheckpointException if a part is missing or does not fit the settings; the message says
   *     which, and what it has instead
   */
  public static SpanReader open(ReaderPart part, PartCache cache) throws CheckpointException {
    Closing closing = new Closing();
    try {
      return new SpanReader(part, cache, closing);
    } catch (CheckpointException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private SpanReader(ReaderPart part, PartCache cache, Closing closing) throws CheckpointException {
    int head = part.questionTokensMax() + part.titleTokensMax() + SPECIAL_TOKENS;
    if (part.inputTokensMax() <= head || part.spanTokensMax() < 1) {
      throw new CheckpointException(
          "inputTokensMax = %d leaves a body no room, or spanTokensMax = %d is below 1"
              .formatted(part.inputTokensMax(), part.spanTokensMax()));
    }
    this.part = part;
    this.closing = closing;
    this.tokenizer = Tokenizer.open(part.tokenizer(), cache);
    closing.add(tokenizer::close);
    this.model = TokenModel.scorer(part.model(), cache, List.of("start_logits", "end_logits"));
    closing.add(model::close);
    tryLongestInput();
  }

  /** A limit beyond the model's positions shows here. */
  private void tryLongestInput() throws CheckpointException {
    try {
      read("a", "", "a ".repeat(part.inputTokensMax()));
    } catch (ReadingException e) {
      throw new CheckpointException(
          "an input of inputTokensMax = %d tokens fails: %s"
              .formatted(part.inputTokensMax(), e.getMessage()),
          e);
    }
  }

  /**
   * Reads one passage.
   *
   * @param title the document's title; may be empty
   */
  public PassageReading read(String question, String title, String body) throws ReadingException {
    long[] questionTokens = tokenizer.ids(question, part.questionTokensMax() + 1);
    Tokens bodyTokens = tokenizer.tokenize(body, part.inputTokensMax());
    int questionCount = Math.min(questionTokens.length, part.questionTokensMax());
    TokenSequence sequence =
        new TokenSequence(part.inputTokensMax())
            .add(tokenizer.first(), 0)
            .add(questionTokens, questionCount, 0)
            .add(tokenizer.separator(), 0);
    addTitle(sequence, title);
    int bodyStart = sequence.length();
    int bodyCount = Math.min(bodyTokens.count(), sequence.room() - 1);
    sequence.add(bodyTokens.ids(), bodyCount, 1).add(tokenizer.separator(), 1);
    float[][] logits = run(sequence);
    return new PassageReading(
        Arrays.copyOfRange(logits[0], bodyStart, bodyStart + bodyCount),
        Arrays.copyOfRange(logits[1], bodyStart, bodyStart + bodyCount),
        Arrays.copyOf(bodyTokens.starts(), bodyCount),
        Arrays.copyOf(bodyTokens.ends(), bodyCount),
        part.spanTokensMax(),
        part.noAnswer() ? (double) logits[0][0] + logits[1][0] : Double.NEGATIVE_INFINITY,
        questionCount < questionTokens.length || bodyCount < bodyTokens.count());
  }

  private void addTitle(TokenSequence sequence, String title) {
    if (part.title() == TitleForm.NONE) {
      return;
    }
    long[] tokens = tokenizer.ids(title, part.titleTokensMax());
    int count = Math.min(tokens.length, part.titleTokensMax());
    sequence.add(tokens, count, 1);
    if (part.title() == TitleForm.SEGMENT && count > 0) {
      sequence.add(tokenizer.separator(), 1);
    }
  }

  private float[][] run(TokenSequence sequence) throws ReadingException {
    try {
      return model.run(sequence);
    } catch (InferenceException e) {
      throw new ReadingException(e);
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
