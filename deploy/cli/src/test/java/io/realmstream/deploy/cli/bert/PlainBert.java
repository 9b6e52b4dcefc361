package io.realmstream.deploy.cli.bert;

import java.util.Map;
import java.util.Objects;

/** BERT's forward pass as the paper writes it, in double. */
record PlainBert(Map<String, float[]> variables) {

  /** Logits over the vocabulary at a position. */
  double[] logits(int[] ids, int[] segments, int position) {
    double[][] states = new double[ids.length][TinyBert.HIDDEN];
    for (int i = 0; i < ids.length; i++) {
      for (int d = 0; d < TinyBert.HIDDEN; d++) {
        states[i][d] =
            at("bert/embeddings/word_embeddings", ids[i], d)
                + at("bert/embeddings/position_embeddings", i, d)
                + at("bert/embeddings/token_type_embeddings", segments[i], d);
      }
    }
    states = norm(states, "bert/embeddings/LayerNorm");
    for (int layer = 0; layer < TinyBert.LAYERS; layer++) {
      String name = "bert/encoder/layer_" + layer + "/";
      double[][] attended = dense(attention(states, name), name + "attention/output/dense");
      states = norm(sum(attended, states), name + "attention/output/LayerNorm");
      double[][] wide = gelu(dense(states, name + "intermediate/dense"));
      states = norm(sum(dense(wide, name + "output/dense"), states), name + "output/LayerNorm");
    }
    double[][] transformed =
        norm(
            gelu(dense(new double[][] {states[position]}, "cls/predictions/transform/dense")),
            "cls/predictions/transform/LayerNorm");
    double[] logits = new double[TinyBert.VOCABULARY];
    for (int v = 0; v < logits.length; v++) {
      logits[v] = values("cls/predictions/output_bias")[v];
      for (int d = 0; d < TinyBert.HIDDEN; d++) {
        logits[v] += transformed[0][d] * at("bert/embeddings/word_embeddings", v, d);
      }
    }
    return logits;
  }

  private float[] values(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  private double at(String table, int row, int column) {
    return values(table)[row * TinyBert.HIDDEN + column];
  }

  private double[][] attention(double[][] states, String layer) {
    double[][] query = dense(states, layer + "attention/self/query");
    double[][] key = dense(states, layer + "attention/self/key");
    double[][] value = dense(states, layer + "attention/self/value");
    int size = TinyBert.HIDDEN / TinyBert.HEADS;
    double[][] mixed = new double[states.length][TinyBert.HIDDEN];
    for (int from = 0; from < TinyBert.HIDDEN; from += size) {
      for (int i = 0; i < states.length; i++) {
        double[] weights = new double[states.length];
        double total = 0;
        for (int j = 0; j < states.length; j++) {
          double dot = 0;
          for (int d = from; d < from + size; d++) {
            dot += query[i][d] * key[j][d];
          }
          weights[j] = Math.exp(dot / Math.sqrt(size));
          total += weights[j];
        }
        for (int j = 0; j < states.length; j++) {
          for (int d = from; d < from + size; d++) {
            mixed[i][d] += weights[j] / total * value[j][d];
          }
        }
      }
    }
    return mixed;
  }

  private double[][] dense(double[][] rows, String name) {
    float[] kernel = values(name + "/kernel");
    float[] bias = values(name + "/bias");
    double[][] result = new double[rows.length][bias.length];
    for (int i = 0; i < rows.length; i++) {
      for (int o = 0; o < bias.length; o++) {
        result[i][o] = bias[o];
        for (int d = 0; d < rows[i].length; d++) {
          result[i][o] += rows[i][d] * kernel[d * bias.length + o];
        }
      }
    }
    return result;
  }

  private double[][] norm(double[][] rows, String name) {
    float[] gamma = values(name + "/gamma");
    float[] beta = values(name + "/beta");
    double[][] result = new double[rows.length][gamma.length];
    for (int i = 0; i < rows.length; i++) {
      double mean = 0;
      for (double x : rows[i]) {
        mean += x / gamma.length;
      }
      double variance = 0;
      for (double x : rows[i]) {
        variance += (x - mean) * (x - mean) / gamma.length;
      }
      for (int d = 0; d < gamma.length; d++) {
        result[i][d] = gamma[d] * (rows[i][d] - mean) / Math.sqrt(variance + 1e-12) + beta[d];
      }
    }
    return result;
  }

  private static double[][] gelu(double[][] rows) {
    for (double[] row : rows) {
      for (int d = 0; d < row.length; d++) {
        row[d] = row[d] * (1 + erf(row[d] / Math.sqrt(2))) / 2;
      }
    }
    return rows;
  }

  /** Taylor's series; beyond 4 it is 1 to eight digits. */
  private static double erf(double x) {
    if (Math.abs(x) > 4) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 100; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    for (int i = 0; i < a.length; i++) {
      for (int d = 0; d < a[i].length; d++) {
        a[i][d] += b[i][d];
      }
    }
    return a;
  }
}
