package io.realmstream.model.checkpoint;

import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.TitleForm;
import java.util.List;

/** The checkpoints whose parts are on the class path: ready to be used without a download. */
public final class DefaultCheckpoints {
  /** What {@link #named} knows, the default first. */
  public static final List<String> NAMES = List.of("e5", "minilm", "bge");

  /** Positions that all encoders have; questions may be that long. */
  private static final int POSITIONS = 512;

  /** As in REALM. */
  private static final int PASSAGE_TOKENS_MAX = 288;

  /** The same file under two names. */
  private static final Part E5_TOKENIZER =
      new Part(
          "classpath:e5-small-v2-q-tokenizer.json",
          "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66");

  private DefaultCheckpoints() {}

  /**
   * The default: e5-small-v2 (int8, 384 dimensions). Its passages are at most 288 tokens, as in
   * REALM, its cosines are bunched, hence the scale of 60.
   */
  public static RetrieverCheckpoint e5() {
    Part trunk =
        new Part(
            "classpath:e5-small-v2-q.onnx",
            "7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded");
    return new RetrieverCheckpoint(
        "e5-small-v2",
        meanTower(trunk, E5_TOKENIZER, "passage: ", PASSAGE_TOKENS_MAX),
        meanTower(trunk, E5_TOKENIZER, "query: ", POSITIONS),
        reader(),
        60,
        null,
        null,
        null);
  }

  /** The fast profile: all-MiniLM-L6-v2 (int8, 384 dimensions), about twice as fast as e5. */
  public static RetrieverCheckpoint minilm() {
    Part trunk =
        new Part(
            "classpath:all-minilm-l6-v2-q.onnx",
            "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1");
    Part tokenizer =
        new Part(
            "classpath:all-minilm-l6-v2-q-tokenizer.json",
            "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");
    return new RetrieverCheckpoint(
        "all-minilm-l6-v2",
        meanTower(trunk, tokenizer, "", 256),
        meanTower(trunk, tokenizer, "", POSITIONS),
        reader(),
        20,
        null,
        null,
        null);
  }

  /**
   * bge-small-en-v1.5 (int8, 384 dimensions): the first token's output, and a question begins with
   * the instruction that its card names. Its scale is between those of the others, not fitted.
   */
  public static RetrieverCheckpoint bge() {
    Part trunk =
        new Part(
            "classpath:bge-small-en-v1.5-q.onnx",
            "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4");
    Part tokenizer =
        new Part("classpath:bge-small-en-v1.5-q-tokenizer.json", E5_TOKENIZER.sha256());
    String instruction = "Represent this sentence for searching relevant passages: ";
    return new RetrieverCheckpoint(
        "bge-small-en-v1.5",
        new EncoderTower(
            trunk, tokenizer, null, Pooling.CLS, true, "", TitleForm.TEXT, PASSAGE_TOKENS_MAX),
        new EncoderTower(
            trunk, tokenizer, null, Pooling.CLS, true, instruction, TitleForm.TEXT, POSITIONS),
        reader(),
        40,
        null,
        null,
        null);
  }

  /**
   * The checkpoint of that name.
   *
   * @throws IllegalArgumentException if it is none of {@link #NAMES}
   */
  public static RetrieverCheckpoint named(String name) {
    return switch (name) {
      case "e5" -> e5();
      case "minilm" -> minilm();
      case "bge" -> bge();
      default ->
          throw new IllegalArgumentException("no checkpoint '%s', only %s".formatted(name, NAMES));
    };
  }

  private static EncoderTower meanTower(Part trunk, Part tokenizer, String prefix, int tokensMax) {
    return new EncoderTower(
        trunk, tokenizer, null, Pooling.MEAN, true, prefix, TitleForm.TEXT, tokensMax);
  }

  /** reader-e5-qa, trained for this project; its card and its manifest lie beside it. */
  private static ReaderPart reader() {
    return new ReaderPart(
        new Part(
            "classpath:io/realmstream/model/reader-e5-qa/reader.onnx",
            "41312e01346c79326af23d5c300413097e7255cf52b74f7be43a2f3ef79e9f69"),
        E5_TOKENIZER,
        TitleForm.SEGMENT,
        64,
        24,
        320,
        10,
        true);
  }
}
