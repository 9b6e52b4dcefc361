package io.realmstream.model.learning.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.learning.Learner;
import io.realmstream.model.learning.LearnerBytes;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassTest {
  private static final Hash128 SEED = new Hash128(1, 2);
  private static final int DIMENSION = 12;

  private final List<LivePassage> passages = new Corpus(3).passages(400, 2);

  @Test
  void sentencesLearnToFindTheirPassages() {
    Learner learner = Pass.coldStart(passages, DIMENSION, SEED);
    List<Double> losses = new ArrayList<>();
    for (int number = 1; number <= 8; number++) {
      Pass pass = new Pass(passages, number);
      pass.run(learner);
      losses.add(pass.loss());
    }
    assertThat(losses).isSortedAccordingTo(Collections.reverseOrder());
    assertThat(losses.get(7)).isLessThan(losses.get(0) / 2);
  }

  /** 400 documents less one in ten, of two sentences each: two batches of 256 a round. */
  @Test
  void aPassHasAtLeast128StepsInWholeRounds() {
    Learner learner = Pass.coldStart(passages, DIMENSION, SEED);
    new Pass(passages, 1).run(learner);
    assertThat(Pass.sentences(passages)).isBetween(512L, 767L);
    assertThat(learner.steps()).isEqualTo(128);
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    List<LivePassage> shuffled = new ArrayList<>(passages);
    Collections.shuffle(shuffled, new Random(9));
    assertThat(learned(shuffled)).isEqualTo(learned(passages));
  }

  @Test
  void heldOutDocumentsTeachNothing() {
    List<LivePassage> teaching = passages.stream().filter(passage -> !passage.isHeldOut()).toList();
    assertThat(teaching.size()).isBetween(300, 399);
    Learner one = Pass.coldStart(passages, DIMENSION, SEED);
    Learner other = LearnerBytes.read(LearnerBytes.of(one));
    new Pass(passages, 1).run(one);
    new Pass(teaching, 1).run(other);
    assertThat(LearnerBytes.of(other)).isEqualTo(LearnerBytes.of(one));
  }

  @Test
  void aLearnerThatWasKeptBetweenPassesGoesOnBitForBit() {
    Learner straight = Pass.coldStart(passages, DIMENSION, SEED);
    byte[] kept = LearnerBytes.of(straight);
    for (int number = 1; number <= 3; number++) {
      new Pass(passages, number).run(straight);
      Learner restored = LearnerBytes.read(kept);
      new Pass(passages, number).run(restored);
      kept = LearnerBytes.of(restored);
    }
    assertThat(kept).isEqualTo(LearnerBytes.of(straight));
  }

  @Test
  void withoutASentenceNothingIsLearned() {
    Learner learner = Pass.coldStart(passages, DIMENSION, SEED);
    byte[] before = LearnerBytes.of(learner);
    Pass pass = new Pass(List.of(), 1);
    pass.run(learner);
    assertThat(LearnerBytes.of(learner)).isEqualTo(before);
    assertThat(pass.loss()).isZero();
  }

  @Test
  void aSentenceWithoutAnOutputIsPassedOver() {
    LivePassage known = passages.get(0);
    SentenceOutputs mute = new SentenceOutputs(Corpus.QUERY_TRUNK, 1, new float[Corpus.INPUTS]);
    List<LivePassage> more = new ArrayList<>(passages);
    more.add(new LivePassage(new Hash128(0, 0), 0, "mute", "mute", known.trunk(), mute));
    Learner one = Pass.coldStart(passages, DIMENSION, SEED);
    Learner other = LearnerBytes.read(LearnerBytes.of(one));
    new Pass(passages, 1).run(one);
    new Pass(more, 1).run(other);
    assertThat(LearnerBytes.of(other)).isEqualTo(LearnerBytes.of(one));
  }

  private static byte[] learned(List<LivePassage> passages) {
    Learner learner = Pass.coldStart(passages, DIMENSION, SEED);
    new Pass(passages, 1).run(learner);
    return LearnerBytes.of(learner);
  }
}
