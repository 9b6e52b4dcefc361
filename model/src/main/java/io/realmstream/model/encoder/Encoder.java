package io.realmstream.model.encoder;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.onnx.Closing;
import io.realmstream.model.onnx.InferenceException;
import io.realmstream.model.onnx.Platform;
import io.realmstream.model.onnx.TokenModel;
import io.realmstream.model.onnx.TokenSequence;
import io.realmstream.model.onnx.VectorModel;
import io.realmstream.model.text.PassageSplitter;
import io.realmstream.model.text.Tokenizer;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that is open: tokenizer, transformer, pooling, projection, normalization, as its tower
 * says. Safe for use by many threads, each text on the thread that calls. The same text gives the
 * same bits on one CPU model and one version of ONNX Runtime, whatever else runs.
 */
public final class Encoder implements AutoCloseable {
  /** [CLS], one token to embed, and a [SEP] behind each of two segments. */
  private static final int TOKENS_MIN = 4;

  /** A text as the transformer gets it, and whether its tail is missing. */
  private record Packed(TokenSequence sequence, boolean truncated) {}

  private final EncoderTower tower;
  private final Tokenizer tokenizer;
  private final TokenModel trunk;
  private final @Nullable VectorModel projection;
  private final Closing closing;
  private final int dimension;

  /**
   * Opens the tower and runs its longest input once.
   *
   * @throws CheckpointException if a part is missing or does not fit the tower; the message says
   *     which, and what it has instead
   */
  public static Encoder open(EncoderTower tower, PartCache cache) throws CheckpointException {
    Closing closing = new Closing();
    try {
      return new Encoder(tower, cache, closing);
    } catch (CheckpointException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private Encoder(EncoderTower tower, PartCache cache, Closing closing) throws CheckpointException {
    if (tower.tokensMax() < TOKENS_MIN) {
      throw new CheckpointException(
          "tokensMax must be at least " + TOKENS_MIN + ", is " + tower.tokensMax());
    }
    this.tower = tower;
    this.closing = closing;
    this.tokenizer = Tokenizer.open(tower.tokenizer(), cache);
    closing.add(tokenizer::close);
    this.trunk = TokenModel.trunk(tower.trunk(), cache);
    closing.add(trunk::close);
    Part head = tower.projection();
    if (head == null) {
      this.projection = null;
    } else {
      this.projection = VectorModel.open(head, cache);
      closing.add(projection::close);
    }
    this.dimension = longestInput().length;
  }

  /** A limit beyond the model's positions, or a head of another dimension, shows here. */
  private float[] longestInput() throws CheckpointException {
    long[] tokens = new long[tower.tokensMax() - 2];
    Arrays.fill(tokens, tokenizer.ids("a")[0]);
    try {
      return vector(pooled(single(tokens)));
    } catch (InferenceException e) {
      throw new CheckpointException(
          "an input of tokensMax = %d tokens fails: %s"
              .formatted(tower.tokensMax(), e.getMessage()),
          e);
    }
  }

  /** Elements of each vector. */
  public int dimension() {
    return dimension;
  }

  /** Tokens of the text alone, without prefix and special tokens. */
  public int countTokens(String text) {
    return tokenizer.ids(text).length;
  }

  /** Splits texts into passages that this encoder takes whole; usable until the encoder closes. */
  public PassageSplitter splitter() {
    return new PassageSplitter(tokenizer, tower);
  }

  /**
   * The vector of a passage of a document.
   *
   * @param title the document's title; may be empty
   */
  public Embedding embedPassage(String title, String body) throws EmbeddingException {
    return project(trunkOfPassage(title, body));
  }

  /** The first half of {@link #embedPassage}: all that needs the transformer. */
  public TrunkOutput trunkOfPassage(String title, String body) throws EmbeddingException {
    return run(packedPassage(title, body));
  }

  /** The vector of a question. */
  public Embedding embedQuery(String text) throws EmbeddingException {
    return project(trunkOfQuery(text));
  }

  /** The first half of {@link #embedQuery}. */
  public TrunkOutput trunkOfQuery(String text) throws EmbeddingException {
    return run(packed(tower.prefix() + text));
  }

  /** The transformer's input for a passage, cut at the tower's limit. */
  public TokenSequence tokensOfPassage(String title, String body) {
    return packedPassage(title, body).sequence();
  }

  /** The transformer's input for a question, cut at the tower's limit. */
  public TokenSequence tokensOfQuery(String text) {
    return packed(tower.prefix() + text).sequence();
  }

  /**
   * The second half: projection and normalization, a matrix product's work. Equal trunk outputs
   * give equal vectors, bit for bit, whether they were stored or are fresh.
   */
  public Embedding project(TrunkOutput trunk) throws EmbeddingException {
    try {
      return new Embedding(vector(trunk.pooled()), trunk.truncated());
    } catch (InferenceException e) {
      throw new EmbeddingException(e);
    }
  }

  private Packed packedPassage(String title, String body) {
    return switch (tower.title()) {
      case NONE -> packed(tower.prefix() + body);
      case TEXT -> packed(tower.prefix() + (title.isEmpty() ? body : title + " " + body));
      case SEGMENT -> packed(tower.prefix() + title, body);
    };
  }

  private Packed packed(String text) {
    long[] tokens = tokenizer.ids(text, tower.tokensMax());
    return new Packed(single(tokens), tokens.length + 2 > tower.tokensMax());
  }

  /** The title is cut first, to what the limit leaves; the body gets the rest of the room. */
  private Packed packed(String title, String body) {
    long[] titleTokens = tokenizer.ids(title, tower.tokensMax());
    long[] bodyTokens = tokenizer.ids(body, tower.tokensMax());
    int titleCount = Math.min(titleTokens.length, tower.tokensMax() - 3);
    int bodyCount = Math.min(bodyTokens.length, tower.tokensMax() - 3 - titleCount);
    TokenSequence sequence =
        start()
            .add(titleTokens, titleCount, 0)
            .add(tokenizer.separator(), 0)
            .add(bodyTokens, bodyCount, 1)
            .add(tokenizer.separator(), 1);
    return new Packed(sequence, titleCount < titleTokens.length || bodyCount < bodyTokens.length);
  }

  private TokenSequence single(long[] tokens) {
    return start()
        .add(tokens, Math.min(tokens.length, tower.tokensMax() - 2), 0)
        .add(tokenizer.separator(), 0);
  }

  private TokenSequence start() {
    return new TokenSequence(tower.tokensMax()).add(tokenizer.first(), 0);
  }

  private TrunkOutput run(Packed packed) throws EmbeddingException {
    try {
      return new TrunkOutput(pooled(packed.sequence()), packed.truncated(), Platform.here());
    } catch (InferenceException e) {
      throw new EmbeddingException(e);
    }
  }

  private float[] pooled(TokenSequence sequence) throws InferenceException {
    float[] rows = trunk.run(sequence)[0];
    int columns = rows.length / sequence.length();
    return switch (tower.pooling()) {
      case MEAN -> mean(rows, columns);
      case CLS -> Arrays.copyOf(rows, columns);
    };
  }

  private float[] vector(float[] pooled) throws InferenceException {
    float[] vector = projection == null ? pooled : projection.run(pooled);
    return tower.normalized() ? normalized(vector) : vector;
  }

  private static float[] mean(float[] rows, int columns) {
    double[] sums = new double[columns];
    for (int row = 0; row < rows.length; row += columns) {
      for (int i = 0; i < columns; i++) {
        sums[i] += rows[row + i];
      }
    }
    int count = rows.length / columns;
    float[] mean = new float[columns];
    for (int i = 0; i < columns; i++) {
      mean[i] = (float) (sums[i] / count);
    }
    return mean;
  }

  private static float[] normalized(float[] vector) throws InferenceException {
    double squares = 0;
    for (float element : vector) {
      squares += (double) element * element;
    }
    double length = Math.sqrt(squares);
    if (length == 0) {
      throw new InferenceException("a vector of length 0 cannot be normalized");
    }
    float[] normalized = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      normalized[i] = (float) (vector[i] / length);
    }
    return normalized;
  }

  @Override
  public void close() {
    closing.close();
  }
}
