package io.realmstream.model.masked;

import io.realmstream.model.marginal.Candidate;
import java.util.List;

/** The formulas of spec rules S2 and A1-A5 as they are written, in plain probabilities. */
record PlainMasked(List<Candidate> candidates, List<MaskReading> readings) {
  double passage(int z) {
    double sum = 0;
    for (Candidate other : candidates) {
      sum += Math.exp(other.score());
    }
    return Math.exp(candidates.get(z).score()) / sum;
  }

  double token(int z, int mask, int token) {
    float[] logits = readings.get(z).logits()[mask];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.exp(logits[token]) / sum;
  }

  double likelihood(int z, List<Integer> tokens) {
    double product = 1;
    for (int mask = 0; mask < tokens.size(); mask++) {
      product *= token(z, mask, tokens.get(mask));
    }
    return product;
  }

  double marginal(int mask, int token) {
    double sum = 0;
    for (int z = 0; z < candidates.size(); z++) {
      sum += passage(z) * token(z, mask, token);
    }
    return sum;
  }

  double joint(List<Integer> tokens) {
    double sum = 0;
    for (int z = 0; z < candidates.size(); z++) {
      sum += passage(z) * likelihood(z, tokens);
    }
    return sum;
  }

  double posterior(int z, List<Integer> tokens) {
    return passage(z) * likelihood(z, tokens) / joint(tokens);
  }

  /** Against the null document, which is among the candidates. */
  double retrievalUtility(int z, List<Integer> tokens) {
    int none = 0;
    while (!candidates.get(none).isNullDocument()) {
      none++;
    }
    return Math.log(likelihood(z, tokens) / likelihood(none, tokens));
  }
}
