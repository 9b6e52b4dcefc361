package io.realmstream.model.learning.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.learning.gate.Verdict.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

  @Test
  void gainOnMostDocumentsIsPublished() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int document = 0; document < 40; document++) {
      questions.addAll(of(5, document, 2, document % 4 == 0 ? 2 : 1));
    }
    Verdict verdict = judge(questions, 1);
    assertThat(verdict.outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(verdict.questions()).isEqualTo(200);
    assertThat(verdict.groups()).isEqualTo(40);
    Comparison first = verdict.comparisons().get(0);
    assertThat(first.before()).isZero();
    assertThat(first.after()).isCloseTo(0.75, within(1e-12));
    // 40 documents of .75: a deviation of sqrt(.75 * .25 / 40) = .068, times 1.645
    assertThat(first.change().lower()).isCloseTo(0.75 - 0.113, within(0.03));
  }

  @Test
  void gainOnManyQuestionsOfOneDocumentIsLuck() {
    List<JudgedQuestion> questions = new ArrayList<>();
    questions.addAll(of(500, 0, 2, 1));
    for (int document = 1; document < 40; document++) {
      questions.addAll(of(5, document, 1, 1));
    }
    Verdict verdict = judge(questions, 1);
    assertThat(verdict.comparisons().get(0).change().difference()).isGreaterThan(0.7);
    assertThat(verdict.outcome()).isEqualTo(Outcome.NO_GAIN);
  }

  @Test
  void fallOfTheFifthRankIsHarm() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int document = 0; document < 60; document++) {
      questions.addAll(of(2, document, 3, document % 3 == 0 ? 9 : 1));
    }
    assertThat(judge(questions, 1).outcome()).isEqualTo(Outcome.HARM);
  }

  @Test
  void onlyACertainFallIsAFall() {
    List<JudgedQuestion> falls = new ArrayList<>();
    List<JudgedQuestion> doubtful = new ArrayList<>();
    List<JudgedQuestion> fifth = new ArrayList<>();
    for (int document = 0; document < 40; document++) {
      falls.addAll(of(2, document, 1, document % 2 == 0 ? 2 : 1));
      doubtful.addAll(of(2, document, document == 1 ? 2 : 1, document == 0 ? 2 : 1));
      fifth.addAll(of(2, document, 3, document % 2 == 0 ? 9 : 3));
    }
    assertThat(judge(falls, 1).isFall()).isTrue();
    assertThat(judge(doubtful, 1).isFall()).isFalse();
    assertThat(judge(fifth, 1).isFall()).isTrue();
    assertThat(judge(falls.subList(0, 30), 1).isFall()).isFalse(); // of too few documents
  }

  @Test
  void aDozenDocumentsIsTooFew() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int document = 0; document < Gate.GROUPS_MIN - 1; document++) {
      questions.addAll(of(50, document, 2, 1));
    }
    assertThat(judge(questions, 1).outcome()).isEqualTo(Outcome.TOO_FEW);
    questions.addAll(of(1, 99, 2, 1));
    assertThat(judge(questions, 1).outcome()).isEqualTo(Outcome.PUBLISHED);
    assertThat(judge(List.of(), 1).outcome()).isEqualTo(Outcome.TOO_FEW);
  }

  @Test
  void equalQuestionsAndSeedGiveAnEqualVerdict() {
    List<JudgedQuestion> questions = new ArrayList<>();
    for (int document = 0; document < 30; document++) {
      questions.addAll(of(3, document, 1 + document % 7, 1 + document % 5));
    }
    assertThat(judge(questions, 9)).isEqualTo(judge(questions, 9));
  }

  /** 100 documents gain, so the whole gains; 20 others lose. */
  @Test
  void gainOfOneFileDoesNotPayForTheHarmOfAnother() {
    List<JudgedQuestion> gains = new ArrayList<>();
    for (int document = 0; document < 100; document++) {
      gains.addAll(of(2, document, 2, 1));
    }
    List<JudgedQuestion> losses = new ArrayList<>();
    for (int document = 100; document < 100 + Gate.GROUPS_MIN; document++) {
      losses.addAll(of(2, document, 1, document % 2 == 0 ? 2 : 1));
    }
    Gate.Asked gained = new Gate.Asked("gains", gains);
    Verdict verdict = Gate.judge(List.of(gained, new Gate.Asked("losses", losses)), 1);
    assertThat(verdict.comparisons().get(0).change().lower()).isGreaterThan(0);
    assertThat(verdict.outcome()).isEqualTo(Outcome.HARM);
    assertThat(verdict.harmed()).isEqualTo("losses");

    Gate.Asked few = new Gate.Asked("losses", losses.subList(2, losses.size()));
    Verdict ofFew = Gate.judge(List.of(gained, few), 1);
    assertThat(ofFew.outcome()).as("19 documents").isEqualTo(Outcome.PUBLISHED);
    assertThat(ofFew.harmed()).isNull();
  }

  private static Verdict judge(List<JudgedQuestion> questions, long seed) {
    return Gate.judge(List.of(new Gate.Asked("questions", questions)), seed);
  }

  private static List<JudgedQuestion> of(int count, int document, int before, int after) {
    return Collections.nCopies(count, new JudgedQuestion("d" + document, before, after));
  }
}
