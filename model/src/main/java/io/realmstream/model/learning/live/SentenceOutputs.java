package io.realmstream.model.learning.live;

import io.realmstream.schemas.Hash128;
import java.util.Arrays;

/**
 * State: a passage's sentences behind a query trunk.
 *
 * @param queryTrunk digest of all of the query tower that comes before its projection
 * @param count sentences
 * @param outputs one behind the other, of equal lengths; zeros = a sentence without an output
 */
public record SentenceOutputs(Hash128 queryTrunk, int count, float[] outputs) {

  /** The output of a sentence, from 0. */
  public float[] output(int sentence) {
    int length = outputs.length / count;
    return Arrays.copyOfRange(outputs, sentence * length, (sentence + 1) * length);
  }

  /** Whether a sentence has an output with a direction. */
  public boolean has(int sentence) {
    for (float element : output(sentence)) {
      if (element != 0) {
        return true;
      }
    }
    return false;
  }
}
