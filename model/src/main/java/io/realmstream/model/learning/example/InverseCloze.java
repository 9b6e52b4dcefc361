package io.realmstream.model.learning.example;

import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * The inverse cloze task of ORQA (Lee et al. 2019, section 4): find the passage that a sentence was
 * taken from. In nine cases of ten the sentence is taken out, so that words alone do not tell; a
 * hash of the sentence decides, so a replay decides the same.
 *
 * @param sentence the query
 * @param passage the text to be found, never empty
 * @param removed whether the sentence is missing in it
 */
public record InverseCloze(String sentence, String passage, boolean removed) {
  private static final int TENTHS = 10;

  /** The sentences of a passage that say enough. */
  public static List<InverseCloze> of(String passage) {
    List<InverseCloze> pairs = new ArrayList<>();
    for (Sentence sentence : Sentence.of(passage)) {
      if (sentence.isTelling()) {
        pairs.add(of(passage, sentence));
      }
    }
    return pairs;
  }

  private static InverseCloze of(String passage, Sentence sentence) {
    String before = passage.substring(0, sentence.start()).strip();
    String after = passage.substring(sentence.end()).strip();
    String rest = (before + " " + after).strip();
    long hash = Hash128.ofTexts("cloze", sentence.text()).high();
    boolean removed = !rest.isEmpty() && Long.remainderUnsigned(hash, TENTHS) != 0;
    return new InverseCloze(sentence.text(), removed ? rest : passage, removed);
  }
}
