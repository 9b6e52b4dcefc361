package io.realmstream.model.masked;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.onnx.Closing;
import io.realmstream.model.onnx.InferenceException;
import io.realmstream.model.onnx.MaskedTokenModel;
import io.realmstream.model.onnx.RecentRuns;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.reader.PassageInput;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.MaskedReaderPart;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A masked-token reader that is open: predicts the masks of a question from a passage, or from the
 * question alone. Its input is packed by {@link PassageInput}. Safe for use by many threads.
 */
public final class MaskedReader implements AutoCloseable {
  private final MaskedReaderPart part;
  private final Tokenizer tokenizer;
  private final PassageInput input;
  private final MaskedTokenModel model;
  private final long mask;
  private final RecentRuns recent;
  private final Closing closing;

  /**
   * Opens the reader and runs its longest input once.
   *
   * @throws CheckpointException if a part is missing or does not fit the settings
   */
  public static MaskedReader open(MaskedReaderPart part, PartCache cache)
      throws CheckpointException {
    return open(part, cache, RecentRuns.NONE);
  }

  /**
   * Opens the reader and runs its longest input once.
   *
   * @param recent recent outputs, which it uses and adds to
   * @throws CheckpointException as {@link #open(MaskedReaderPart, PartCache)} does
   */
  public static MaskedReader open(MaskedReaderPart part, PartCache cache, RecentRuns recent)
      throws CheckpointException {
    Closing closing = new Closing();
    try {
      return new MaskedReader(part, cache, recent, closing);
    } catch (CheckpointException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private MaskedReader(MaskedReaderPart part, PartCache cache, RecentRuns recent, Closing closing)
      throws CheckpointException {
    PassageInput.requireRoom(
        part.questionTokensMax(), part.titleTokensMax(), part.inputTokensMax());
    this.part = part;
    this.closing = closing;
    this.recent = recent;
    this.tokenizer = Tokenizer.open(part.tokenizer(), cache);
    closing.add(tokenizer::close);
    long[] masks = tokenizer.ids(MaskedQuestion.MASK);
    if (masks.length != 1) {
      throw new CheckpointException(
          part.tokenizer().uri() + ": has no token " + MaskedQuestion.MASK);
    }
    this.mask = masks[0];
    this.input =
        new PassageInput(tokenizer, part.title(), part.titleTokensMax(), part.inputTokensMax());
    this.model = MaskedTokenModel.open(part.model(), cache);
    closing.add(model::close);
    tryLongestInput();
  }

  /** A limit beyond the model's positions shows here. */
  private void tryLongestInput() throws CheckpointException {
    try {
      read(
          new MaskedQuestion(new long[] {mask}, new int[1]),
          "",
          "a ".repeat(part.inputTokensMax()));
    } catch (ReadingException e) {
      throw new CheckpointException(
          "an input of inputTokensMax = %d tokens fails: %s"
              .formatted(part.inputTokensMax(), e.getMessage()),
          e);
    }
  }

  /**
   * Finds the masks of a question.
   *
   * @throws InvalidQuestionException when it has none, or one behind the tokens that are read; the
   *     message says which
   */
  public MaskedQuestion question(String text) {
    long[] tokens = tokenizer.ids(text);
    int[] masks = IntStream.range(0, tokens.length).filter(i -> tokens[i] == mask).toArray();
    if (masks.length == 0) {
      throw new InvalidQuestionException("text: has no token " + MaskedQuestion.MASK);
    }
    int last = masks[masks.length - 1];
    if (last >= part.questionTokensMax()) {
      throw new InvalidQuestionException(
          "text: masks must be among its first %d tokens, which are read (one is token %d)"
              .formatted(part.questionTokensMax(), last + 1));
    }
    int count = Math.min(tokens.length, part.questionTokensMax());
    return new MaskedQuestion(Arrays.copyOf(tokens, count), masks);
  }

  /**
   * The tokens of words that masks may stand for.
   *
   * @throws InvalidQuestionException when they are not as many as the question's masks, or one is
   *     special: [UNK], which is any word that the vocabulary lacks, [SEP], [MASK]; the message
   *     says which
   */
  public List<Integer> reference(String words, MaskedQuestion question) {
    long[] tokens = tokenizer.ids(words);
    if (tokens.length != question.masks().length) {
      throw new InvalidQuestionException(
          "options.references: \"%s\" must have one token a mask, %d (has %d)"
              .formatted(words, question.masks().length, tokens.length));
    }
    if (Arrays.stream(tokens).anyMatch(token -> tokenizer.text(new long[] {token}).isEmpty())) {
      throw new InvalidQuestionException(
          "options.references: \"%s\" has a word that the vocabulary lacks, or a special token"
              .formatted(words));
    }
    return Arrays.stream(tokens).mapToObj(Math::toIntExact).toList();
  }

  /**
   * Reads one passage.
   *
   * @param title the document's title; may be empty
   */
  public MaskReading read(MaskedQuestion question, String title, String body)
      throws ReadingException {
    TokenSequence sequence = input.question(question.tokens(), question.tokens().length);
    input.addTitle(sequence, title);
    long[] tokens = tokenizer.ids(body, part.inputTokensMax());
    int count = input.addBody(sequence, tokens);
    return new MaskReading(logits(sequence, question), count < tokens.length);
  }

  /** Reads the question alone, as the null document's reading. */
  public MaskReading read(MaskedQuestion question) throws ReadingException {
    TokenSequence sequence = input.question(question.tokens(), question.tokens().length);
    return new MaskReading(logits(sequence, question), false);
  }

  private float[][] logits(TokenSequence sequence, MaskedQuestion question)
      throws ReadingException {
    // [CLS] stands before the question
    long[] positions = Arrays.stream(question.masks()).mapToLong(place -> place + 1L).toArray();
    try {
      return recent.get(model, sequence, positions, () -> model.run(sequence, positions));
    } catch (InferenceException e) {
      throw new ReadingException(e);
    }
  }

  /** The text of tokens, as the tokenizer writes it. */
  public String text(List<Integer> ids) {
    return tokenizer.text(ids.stream().mapToLong(Integer::longValue).toArray());
  }

  @Override
  public void close() {
    closing.close();
  }
}
