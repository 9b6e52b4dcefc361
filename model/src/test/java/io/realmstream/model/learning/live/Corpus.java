package io.realmstream.model.learning.live;

import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Passages whose sentences look like them from another side: each has a seeded direction; its trunk
 * output is that direction, and its sentences are the same with the elements turned about and
 * noise.
 */
final class Corpus {
  static final int INPUTS = 24;
  static final Hash128 QUERY_TRUNK = new Hash128(5, 5);

  private final Random random;

  Corpus(long seed) {
    random = new Random(seed);
  }

  /** Documents of one passage each, with so many sentences. */
  List<LivePassage> passages(int documents, int sentences) {
    List<LivePassage> passages = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      float[] trunk = new float[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        trunk[j] = (float) random.nextGaussian();
      }
      String document = "document " + i;
      passages.add(
          new LivePassage(
              Hash128.ofTexts(document), i % 16, document, document, trunk, of(trunk, sentences)));
    }
    return passages;
  }

  private SentenceOutputs of(float[] trunk, int count) {
    float[] outputs = new float[count * INPUTS];
    for (int i = 0; i < outputs.length; i++) {
      float turned = trunk[INPUTS - 1 - i % INPUTS];
      outputs[i] = turned + 0.2f * (float) random.nextGaussian();
    }
    return new SentenceOutputs(QUERY_TRUNK, count, outputs);
  }
}
