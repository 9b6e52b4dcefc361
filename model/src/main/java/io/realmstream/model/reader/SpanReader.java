package io.realmstream.model.reader;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.onnx.Closing;
import io.realmstream.model.onnx.InferenceException;
import io.realmstream.model.onnx.RecentRuns;
import io.realmstream.model.onnx.TokenModel;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.model.text.Tokens;
import io.realmstream.schemas.version.ReaderPart;
import java.util.Arrays;
import java.util.List;

/**
 * A reader that is open: scores every token of a passage as the start and the end of the answer to
 * a question. Safe for use by many threads.
 *
 * <p>Its input is packed by {@link PassageInput}. Question and title are cut at their limits, the
 * body at what they leave of the input's.
 */
public final class SpanReader implements AutoCloseable {
  private static final long[] ALL = {};

  private final ReaderPart part;
  private final Tokenizer tokenizer;
  private final PassageInput input;
  private final TokenModel model;
  private final RecentRuns recent;
  private final Closing closing;

  /**
   * Opens the reader and runs its longest input once.
   *
   * @throws CheckpointException if a part is missing or does not fit the settings; the message says
   *     which, and what it has instead
   */
  public static SpanReader open(ReaderPart part, PartCache cache) throws CheckpointException {
    return open(part, cache, RecentRuns.NONE);
  }

  /**
   * Opens the reader and runs its longest input once.
   *
   * @param recent recent outputs, which it uses and adds to
   * @throws CheckpointException as {@link #open(ReaderPart, PartCache)} does
   */
  public static SpanReader open(ReaderPart part, PartCache cache, RecentRuns recent)
      throws CheckpointException {
    Closing closing = new Closing();
    try {
      return new SpanReader(part, cache, recent, closing);
    } catch (CheckpointException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private SpanReader(ReaderPart part, PartCache cache, RecentRuns recent, Closing closing)
      throws CheckpointException {
    PassageInput.requireRoom(
        part.questionTokensMax(), part.titleTokensMax(), part.inputTokensMax());
    if (part.spanTokensMax() < 1) {
      throw new CheckpointException(
          "spanTokensMax = %d is below 1".formatted(part.spanTokensMax()));
    }
    this.part = part;
    this.closing = closing;
    this.recent = recent;
    this.tokenizer = Tokenizer.open(part.tokenizer(), cache);
    closing.add(tokenizer::close);
    this.input =
        new PassageInput(tokenizer, part.title(), part.titleTokensMax(), part.inputTokensMax());
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
    TokenSequence sequence = input.question(questionTokens, questionCount);
    input.addTitle(sequence, title);
    int bodyStart = sequence.length();
    int bodyCount = input.addBody(sequence, bodyTokens.ids());
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

  private float[][] run(TokenSequence sequence) throws ReadingException {
    try {
      return recent.get(model, sequence, ALL, () -> model.run(sequence));
    } catch (InferenceException e) {
      throw new ReadingException(e);
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
