package io.realmstream.model.learning.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.state.HeapTable;
import io.realmstream.schemas.Hash128;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LiveFeedbackTest {
  private static final Hash128 TRUNK = new Hash128(1, 1);
  private static final Hash128 OTHER_TRUNK = new Hash128(2, 2);
  private static final float[] OUTPUT = {1, 2};

  private final HeapTable<String, KeptFeedback> table = new HeapTable<>();
  private final LiveFeedback live = new LiveFeedback(table, 3);

  @Test
  void onlyWhatIsOnADocumentThatJudgesIsEmbedded() {
    live.take(0, "a", "who?", List.of("d1", "d2"));
    live.take(0, "b", "where?", List.of("d3"));
    assertThat(live.waiting(TRUNK, "d2"::equals))
        .containsExactly(new LiveFeedback.Waiting(0, "a", "who?"));
    assertThat(live.questions(TRUNK)).isEmpty();
    embed("a");
    assertThat(live.waiting(TRUNK, "d2"::equals)).isEmpty();
    assertThat(live.waiting(OTHER_TRUNK, "d2"::equals)).hasSize(1);
    assertThat(live.questions(TRUNK))
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.documents()).containsExactlyInAnyOrder("d1", "d2");
              assertThat(asked.query()).isEqualTo(OUTPUT);
            });
    assertThat(live.questions(OTHER_TRUNK)).isEmpty();
  }

  @Test
  void whatIsSaidLaterUnderAnIdTakesItsPlace() {
    live.take(0, "a", "who?", List.of("d1"));
    embed("a");
    live.take(0, "a", "who?", List.of("d2")); // the question is embedded already
    assertThat(live.questions(TRUNK).get(0).documents()).containsExactly("d2");
    LiveFeedback.Waiting old = new LiveFeedback.Waiting(0, "a", "who?");
    live.take(0, "a", "whose?", List.of("d2"));
    assertThat(live.questions(TRUNK)).isEmpty();
    live.embedded(old, TRUNK, OUTPUT); // was under way
    assertThat(live.questions(TRUNK)).isEmpty();
    assertThat(live.size()).isEqualTo(1);
  }

  @Test
  void whatIsWithdrawnOrNamesNoDocumentIsGone() {
    live.take(0, "a", "who?", List.of("d1"));
    live.withdraw("a");
    live.withdraw("unknown");
    live.take(0, "b", "where?", List.of("d1"));
    live.take(0, "b", "where?", List.of());
    assertThat(live.size()).isZero();
    assertThat(table.keys().hasNext()).isFalse();
  }

  /** Two applications may each know one of two documents; nobody is right alone. */
  @Test
  void equalQuestionsAreJoined() {
    live.take(0, "a", "Who kept it? ", List.of("d1"));
    live.take(0, "b", "who kept it?", List.of("d2"));
    embed("a");
    embed("b");
    assertThat(live.questions(TRUNK))
        .singleElement()
        .satisfies(asked -> assertThat(asked.documents()).containsExactlyInAnyOrder("d1", "d2"));
  }

  @Test
  void whatIsTooMuchIsLeftOutAndCounted() {
    for (int i = 0; i < 10; i++) {
      live.take(0, "f" + i, "question " + i, List.of("d"));
    }
    assertThat(live.size()).isEqualTo(3);
    assertThat(live.leftOut()).isEqualTo(7);
    live.take(0, "f0", "another", List.of("d")); // of a known id
    assertThat(live.leftOut()).isEqualTo(7);
    live.withdraw("f1");
    live.take(0, "f9", "question 9", List.of("d"));
    assertThat(live.size()).isEqualTo(3);
  }

  @Test
  void aRestoreKnowsTheSame() {
    live.take(5, "a", "who?", List.of("d1"));
    live.embedded(new LiveFeedback.Waiting(5, "a", "who?"), TRUNK, OUTPUT);
    LiveFeedback restored = new LiveFeedback(table, 3);
    restored.load(5);
    assertThat(restored.questions(TRUNK)).hasSize(1);
    assertThat(restored.waiting(OTHER_TRUNK, any -> true).get(0).shard()).isEqualTo(5);
  }

  @Test
  void aQuestionThatCannotBeEmbeddedIsNotAsked() {
    live.take(0, "a", "who?", List.of("d1"));
    live.embedded(new LiveFeedback.Waiting(0, "a", "who?"), TRUNK, new float[0]);
    assertThat(live.questions(TRUNK)).isEmpty();
    assertThat(live.waiting(TRUNK, any -> true)).isEmpty();
  }

  private void embed(String id) {
    KeptFeedback kept = Objects.requireNonNull(table.get(id));
    live.embedded(new LiveFeedback.Waiting(0, id, kept.question()), TRUNK, OUTPUT);
  }
}
