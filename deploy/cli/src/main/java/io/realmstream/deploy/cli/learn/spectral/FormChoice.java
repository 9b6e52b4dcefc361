package io.realmstream.deploy.cli.learn.spectral;

import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.model.learning.ProjectionHead;
import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.spectral.SpectralForm;
import io.realmstream.model.learning.spectral.Spectrum;
import java.util.List;

/**
 * Chooses the form of a projection with the highest recall@1 on the questions that are not held
 * out.
 */
final class FormChoice {
  private final List<float[]> passages;
  private final int[] documents;
  private final List<JudgedFile> files;

  /**
   * @param documents number of each passage's document
   */
  FormChoice(List<float[]> passages, int[] documents, List<JudgedFile> files) {
    this.passages = passages;
    this.documents = documents;
    this.files = files;
  }

  /** The best form; of equal ones the smallest. */
  SpectralForm of(Spectrum spectrum) {
    SpectralForm best = new SpectralForm(passages.get(0).length, 0);
    long most = -1;
    for (SpectralForm form : SpectralForm.of(passages.get(0).length)) {
      long found = found(spectrum.head(form));
      if (found > most) {
        most = found;
        best = form;
      }
    }
    return best;
  }

  private long found(ProjectionHead head) {
    ExactIndex index = ExactIndex.of(head, passages, documents);
    long found = 0;
    for (JudgedFile file : files) {
      int[] ranks = file.ranks(head::vector, index);
      for (int i = 0; i < ranks.length; i++) {
        boolean chooses = file.groups().get(i).stream().noneMatch(HeldOut::contains);
        found += chooses && ranks[i] == 1 ? 1 : 0;
      }
    }
    return found;
  }
}
