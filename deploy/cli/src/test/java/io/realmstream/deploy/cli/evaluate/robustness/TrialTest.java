package io.realmstream.deploy.cli.evaluate.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.schemas.answer.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final String GOLD = "It was lit in 1871.";

  @Test
  void hardPassagesAreTheNearestWithoutTheAnswer() {
    List<Evidence> near = new ArrayList<>();
    near.add(Trials.passage("other", "Also from 1871."));
    near.add(Trials.passage("varn", GOLD));
    near.addAll(free("near", 12));
    Trial trial = Objects.requireNonNull(draft(near).trial(free("far", 9)));

    assertThat(trial.gold()).isEqualTo("uid of " + GOLD);
    assertThat(trial.hard()).hasSize(9).startsWith("uid of near 0").endsWith("uid of near 8");
    assertThat(trial.random()).hasSize(9).allMatch(uid -> uid.startsWith("uid of far"));
    assertThat(trial.withHard(1)).containsExactly("uid of " + GOLD, "uid of near 0");
    assertThat(trial.withRandom(0)).containsExactly("uid of " + GOLD);
  }

  @Test
  void randomPassagesHaveNoAnswerAndAreNoneOfTheHardOnes() {
    List<Evidence> near = new ArrayList<>(free("near", 9));
    near.add(Trials.passage("varn", GOLD));
    List<Evidence> anywhere = new ArrayList<>(near);
    anywhere.add(Trials.passage("other", "In 1871."));
    anywhere.addAll(free("far", 9));
    Trial trial = Objects.requireNonNull(draft(near).trial(anywhere));

    assertThat(trial.random()).hasSize(9).allMatch(uid -> uid.startsWith("uid of far"));
  }

  @Test
  void withoutTheGoldPassageOrEnoughOthersThereIsNoTrial() {
    List<Evidence> few = new ArrayList<>(free("near", 8));
    few.add(Trials.passage("varn", GOLD));

    assertThat(draft(few).trial(free("far", 9))).isNull();
    assertThat(draft(free("near", 12)).trial(free("far", 9))).isNull();
  }

  @Test
  void deletedTextIsQuotedWhenThePassageStandsInNoTextOfNow() {
    var result = Trials.result("1871", 0.5, 0, Trials.passage("varn", GOLD));

    assertThat(Trial.quotesDeleted(result, "varn", GOLD + " Later it went out.")).isFalse();
    assertThat(Trial.quotesDeleted(result, "varn", "It was lit in 1924.")).isTrue();
    assertThat(Trial.quotesDeleted(result, "varn", "")).isTrue();
    assertThat(Trial.quotesDeleted(result, "other", "")).isFalse();
  }

  private static Trial.Draft draft(List<Evidence> passages) {
    return new Trial.Draft(Trials.QUESTION, Trials.document(GOLD), passages);
  }

  private static List<Evidence> free(String name, int count) {
    List<Evidence> passages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      passages.add(Trials.passage(name + i, name + " " + i));
    }
    return passages;
  }
}
