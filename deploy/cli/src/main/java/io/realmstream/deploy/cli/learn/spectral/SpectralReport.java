package io.realmstream.deploy.cli.learn.spectral;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.model.learning.gate.Comparison;
import io.realmstream.model.learning.gate.JudgedQuestion;
import io.realmstream.model.learning.gate.Verdict;
import java.util.List;

/**
 * A projection and how it was judged; its fields are those of the JSON. Shares are between 0 and 1.
 *
 * @param scoreScale fitted on the questions
 */
record SpectralReport(
    @JsonUnwrapped Setting setting, double scoreScale, List<FileChange> files, Verdict verdict) {

  /** What was projected, and how. */
  record Setting(String checkpoint, int dimension, double exponent, int passages) {}

  /**
   * The questions of a file.
   *
   * @param comparisons recall@1 and @5, with bounds of 95 %, drawn by document
   */
  record FileChange(String file, int questions, int groups, List<Comparison> comparisons) {
    private static final double LEVEL = 0.95;

    static FileChange of(String file, List<JudgedQuestion> questions) {
      return new FileChange(
          file,
          questions.size(),
          (int) questions.stream().map(JudgedQuestion::group).distinct().count(),
          List.of(Comparison.of(questions, 1, LEVEL, 1), Comparison.of(questions, 5, LEVEL, 1)));
    }
  }
}
