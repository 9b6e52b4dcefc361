package io.realmstream.deploy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FirstRanksTest {
  @Test
  void recallAndReciprocalRankAreMeansOverAllQuestions() {
    Retrieval measures = Objects.requireNonNull(ranks(1, 5, 6, 0).measures(100));
    assertThat(measures.questions()).isEqualTo(4);
    assertThat(measures.recall()).isEqualTo(Map.of(1, 0.25, 5, 0.5, 20, 0.75, 100, 0.75));
    // (1 + 1/5 + 1/6 + 0) / 4 = (41/30) / 4
    assertThat(measures.mrr()).isCloseTo(41 / 120.0, within(1e-15));
  }

  @Test
  void recallBeyondTheDepthIsUnknown() {
    assertThat(Objects.requireNonNull(ranks(3).measures(19)).recall())
        .isEqualTo(Map.of(1, 0.0, 5, 1.0));
    assertThat(Objects.requireNonNull(ranks(20).measures(20)).recall())
        .isEqualTo(Map.of(1, 0.0, 5, 0.0, 20, 1.0));
  }

  @Test
  void withoutQuestionsThereIsNothingToMeasure() {
    assertThat(new FirstRanks().measures(100)).isNull();
  }

  private static FirstRanks ranks(Integer... ranks) {
    FirstRanks first = new FirstRanks();
    List.of(ranks).forEach(first::add);
    return first;
  }
}
