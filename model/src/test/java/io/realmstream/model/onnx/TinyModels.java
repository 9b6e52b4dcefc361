package io.realmstream.model.onnx;

/** Models whose outputs are known by hand, in the shapes that encoders and readers have. */
public final class TinyModels {
  /** Entries of the vocabulary of the tokenizers on the class path. */
  public static final int VOCABULARY = 30522;

  private TinyModels() {}

  /** Inputs as transformers have them, with an output that is nothing but table rows by id. */
  public static byte[] trunk(float[][] rows) {
    int dimension = rows[0].length;
    float[] table = new float[VOCABULARY * dimension];
    for (int id = 0; id < VOCABULARY; id++) {
      System.arraycopy(rows[id % rows.length], 0, table, id * dimension, dimension);
    }
    return tokens()
        .constant("table", table, VOCABULARY, dimension)
        .node("Gather", "table input_ids", "rows")
        .output("rows", TinyOnnx.FLOAT, -1, -1, dimension)
        .bytes();
  }

  /** start_logits = sum of the ids so far; end_logits = the segments' ids. */
  public static byte[] reader() {
    return tokens()
        .constant("axis", 1)
        .node("CumSum", "input_ids axis", "sums")
        .toFloat("sums", "start_logits")
        .toFloat("token_type_ids", "end_logits")
        .output("start_logits", TinyOnnx.FLOAT, -1, -1)
        .output("end_logits", TinyOnnx.FLOAT, -1, -1)
        .bytes();
  }

  /**
   * A logit is how often its token is in the input, and 1 more for the token before the mask; of
   * the masked tokens alone.
   */
  public static byte[] maskedReader() {
    return tokens()
        .input("mask_positions", TinyOnnx.INT64, -1)
        .constant("depth", VOCABULARY)
        .constant("off-and-on", new float[] {0, 1}, 2)
        .constant("one", 1)
        .integers("batch", 0)
        .integers("tokens", 1)
        .node("OneHot", "input_ids depth off-and-on", "ones")
        .node("ReduceSum", "ones tokens", "sums")
        .node("Squeeze", "sums batch", "counts")
        .node("Squeeze", "ones batch", "rows")
        .node("Sub", "mask_positions one", "before")
        .node("Gather", "rows before", "neighbours")
        .node("Add", "neighbours counts", "logits")
        .output("logits", TinyOnnx.FLOAT, -1, VOCABULARY)
        .bytes();
  }

  /** y = x W. */
  public static byte[] projection(float[] weights, int inputs, int outputs) {
    return new TinyOnnx()
        .input("x", TinyOnnx.FLOAT, -1, inputs)
        .constant("w", weights, inputs, outputs)
        .node("MatMul", "x w", "y")
        .output("y", TinyOnnx.FLOAT, -1, outputs)
        .bytes();
  }

  /** The three inputs of a transformer. */
  public static TinyOnnx tokens() {
    return new TinyOnnx()
        .input("input_ids", TinyOnnx.INT64, -1, -1)
        .input("attention_mask", TinyOnnx.INT64, -1, -1)
        .input("token_type_ids", TinyOnnx.INT64, -1, -1);
  }
}
