package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.model.learning.feedback.AskedQuestion;
import io.realmstream.model.learning.gate.Gate;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  private final List<LivePassage> passages = new Corpus(4).passages(400, 2);

  /** Turns a sentence's output back to that of its passage. */
  private static final Projection RIGHT =
      new Projection() {
        @Override
        public double[] query(float[] trunk) {
          double[] turned = new double[trunk.length];
          for (int i = 0; i < trunk.length; i++) {
            turned[i] = trunk[trunk.length - 1 - i];
          }
          return unit(turned);
        }

        @Override
        public double[] document(float[] trunk) {
          double[] vector = new double[trunk.length];
          for (int i = 0; i < trunk.length; i++) {
            vector[i] = trunk[i];
          }
          return unit(vector);
        }
      };

  /** Finds passages by their own outputs, which is what no sentence has. */
  private static final Projection MISLED =
      new Projection() {
        @Override
        public double[] query(float[] trunk) {
          return RIGHT.document(trunk);
        }

        @Override
        public double[] document(float[] trunk) {
          return RIGHT.document(trunk);
        }
      };

  /** All vectors are equal. */
  private static final Projection BLIND =
      new Projection() {
        @Override
        public double[] query(float[] trunk) {
          return new double[] {1};
        }

        @Override
        public double[] document(float[] trunk) {
          return new double[] {1};
        }
      };

  @Test
  void whatFindsHeldOutDocumentsMayBePublished() {
    Verdict verdict = new Examination(passages).judge(BLIND, RIGHT);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PUBLISHED);
    long heldOut = passages.stream().filter(LivePassage::isHeldOut).count();
    assertThat(heldOut).isGreaterThan(20);
    assertThat(verdict.groups()).isEqualTo((int) heldOut);
    assertThat(verdict.questions()).isEqualTo((int) (2 * heldOut));
    assertThat(verdict.comparisons().get(0).before()).isZero();
    assertThat(verdict.comparisons().get(0).after()).isGreaterThan(0.95);
  }

  @Test
  void whatFindsLessIsRefused() {
    Examination examination = new Examination(passages);
    assertThat(examination.judge(RIGHT, BLIND).outcome()).isEqualTo(Verdict.Outcome.NO_GAIN);
    assertThat(examination.judge(RIGHT, RIGHT).outcome()).isEqualTo(Verdict.Outcome.NO_GAIN);
  }

  @Test
  void aDozenDocumentsAreTooFew() {
    List<LivePassage> few = passages.stream().filter(LivePassage::isHeldOut).limit(12).toList();
    Verdict verdict = new Examination(few).judge(BLIND, RIGHT);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.TOO_FEW);
    assertThat(verdict.comparisons()).isEmpty();
  }

  @Test
  void itIsReadyWhenEnoughDocumentsHaveTheirSentences() {
    List<LivePassage> heldOut = passages.stream().filter(LivePassage::isHeldOut).toList();
    assertThat(new Examination(heldOut.subList(0, 19)).isReady()).isFalse();
    assertThat(new Examination(heldOut.subList(0, 20)).isReady()).isTrue();

    List<LivePassage> mixed = new ArrayList<>(heldOut.subList(0, 20));
    LivePassage first = mixed.get(0);
    String title = "another";
    while (!HeldOut.contains(title)) {
      title += "!";
    }
    LivePassage waits = new LivePassage(first.uid(), 0, title, title, first.trunk(), null);
    mixed.addAll(List.of(waits, waits)); // 2 of 22
    assertThat(new Examination(mixed).isReady()).isTrue();
    mixed.add(waits); // 3 of 23
    assertThat(new Examination(mixed).isReady()).isFalse();
  }

  @Test
  void aLargeCorpusAsksFiveHundredSentences() {
    Verdict verdict = new Examination(new Corpus(6).passages(4_000, 2)).judge(BLIND, RIGHT);
    assertThat(verdict.questions()).isEqualTo(Examination.QUESTIONS_MAX);
    assertThat(verdict.groups()).isGreaterThan(200);
  }

  /** Of feedback on other documents nothing is asked; a document that is gone is not accepted. */
  @Test
  void feedbackOnHeldOutDocumentsDecides() {
    List<AskedQuestion> asked = feedback(0);
    Examination examination = new Examination(passages, asked);
    int heldOut = (int) passages.stream().filter(LivePassage::isHeldOut).count();
    assertThat(examination.feedbackQuestions()).isEqualTo(heldOut);
    Verdict verdict = examination.judge(BLIND, RIGHT);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PUBLISHED);
    assertThat(verdict.questions()).isEqualTo(heldOut);
    assertThat(verdict.comparisons().get(0).after()).isGreaterThan(0.95);
  }

  @Test
  void ofFeedbackOnTooFewDocumentsNothingIsAsked() {
    List<AskedQuestion> few =
        feedback(0).stream()
            .filter(asked -> asked.documents().stream().anyMatch(HeldOut::contains))
            .limit(Gate.GROUPS_MIN - 1)
            .toList();
    Examination examination = new Examination(passages, few);
    assertThat(examination.feedbackQuestions()).isZero();
    Verdict verdict = examination.judge(BLIND, RIGHT);
    assertThat(verdict).isEqualTo(new Examination(passages).judge(BLIND, RIGHT));
  }

  /** Each question names the next document's id: what finds the right ones gains nothing. */
  @Test
  void byFeedbackThatIsAllWrongNothingIsPublished() {
    Verdict verdict = new Examination(passages, feedback(1)).judge(BLIND, RIGHT);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.NO_GAIN);
  }

  /** What would follow it finds sentences worse. */
  @Test
  void whatFindsWhatWrongFeedbackWantsIsRefusedForItsHarm() {
    Verdict verdict = new Examination(passages, wrong()).judge(RIGHT, MISLED);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.HARM);
    assertThat(verdict.harmed()).isEqualTo("sentences");
  }

  @Test
  void theScoreScaleIsThatOfTheHeldOutSentences() {
    double scale = new Examination(passages).scoreScale(RIGHT);
    assertThat(scale).isBetween(5.0, 1_000.0);
    assertThatThrownBy(() -> new Examination(List.of()).scoreScale(RIGHT))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A question on each document, which names the one that is so many places further. */
  private List<AskedQuestion> feedback(int further) {
    List<AskedQuestion> asked = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      LivePassage named = passages.get((i + further) % passages.size());
      SentenceOutputs sentences = Objects.requireNonNull(passages.get(i).sentences());
      asked.add(
          new AskedQuestion(
              "question " + i, Set.of(named.document(), "gone"), sentences.output(0)));
    }
    return asked;
  }

  /** Questions whose wrong documents MISLED finds: each is asked with what is turned. */
  private List<AskedQuestion> wrong() {
    List<AskedQuestion> asked = new ArrayList<>();
    for (LivePassage passage : passages) {
      asked.add(
          new AskedQuestion(
              "wrong " + passage.document(), Set.of(passage.document()), passage.trunk()));
    }
    return asked;
  }

  private static double[] unit(double[] vector) {
    double squares = 0;
    for (double each : vector) {
      squares += each * each;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= Math.sqrt(squares);
    }
    return vector;
  }
}
