package io.realmstream.deploy.cli.learn.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.model.learning.spectral.SpectralForm;
import io.realmstream.model.learning.spectral.Spectrum;
import io.realmstream.model.learning.spectral.TrunkStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of a passage the first 100 elements are large, the other 284 small. */
class FormChoiceTest {
  private static final int INPUTS = 384;
  private static final int LARGE = 100;
  private static final int PASSAGES = 500;

  private final Random random = new Random(8);

  @Test
  void smallDirectionsThatTellArePulledUp() {
    assertThat(choice(true)).isEqualTo(new SpectralForm(384, 0.15));
  }

  @Test
  void smallDirectionsOfNoiseAreLeftOut() {
    assertThat(choice(false).dimension()).isEqualTo(128);
  }

  /**
   * @param smallTell whether a question shares the small elements with its passage; else it shares
   *     the large ones, and the others are noise
   */
  private SpectralForm choice(boolean smallTell) {
    TrunkStatistics statistics = new TrunkStatistics(INPUTS);
    List<float[]> passages = new ArrayList<>();
    List<float[]> questions = new ArrayList<>();
    List<int[]> accepted = new ArrayList<>();
    List<List<String>> groups = new ArrayList<>();
    int[] documents = new int[PASSAGES];
    for (int i = 0; i < PASSAGES; i++) {
      float[] passage = new float[INPUTS];
      float[] question = new float[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        boolean large = j < LARGE;
        passage[j] = element(large);
        question[j] = large == smallTell ? element(large) : passage[j];
      }
      passages.add(passage);
      statistics.add(passage);
      documents[i] = i;
      questions.add(question);
      accepted.add(new int[] {i});
      groups.add(List.of("d" + i));
    }
    JudgedFile file = new JudgedFile("questions", questions, accepted, groups);
    return new FormChoice(passages, documents, List.of(file)).of(Spectrum.of(statistics));
  }

  private float element(boolean large) {
    return (float) ((large ? 3 : 0.9) * random.nextGaussian());
  }
}
