package io.realmstream.model.learning.live;

import io.realmstream.model.learning.example.InverseCloze;
import io.realmstream.schemas.Hash128;
import java.util.Comparator;
import java.util.List;

/**
 * The sentences of a passage that are asked for it. A hash of each chooses, so a replay chooses the
 * same.
 */
public final class SampledSentences {
  /** Three to four a passage is what Wikipedia's passages have. */
  static final int SENTENCES_MAX = 4;

  private SampledSentences() {}

  /** At most four that say enough. */
  public static List<String> of(String passage) {
    return InverseCloze.of(passage).stream()
        .map(InverseCloze::sentence)
        .distinct()
        .sorted(Comparator.comparing(sentence -> Hash128.ofTexts("sentence", sentence)))
        .limit(SENTENCES_MAX)
        .toList();
  }
}
