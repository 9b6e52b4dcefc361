package io.realmstream.model.updating.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.onnx.SharedModels;
import io.realmstream.model.updating.Mails;
import io.realmstream.schemas.Hash128;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class EncodersTest {
  private static final Hash128 DIGEST = new Hash128(0, 1);

  private final TinyTower tiny;
  private final Mails mails = new Mails();
  private final List<Integer> ended = new ArrayList<>();
  private SharedModels<Encoder> models = new SharedModels<>(warning -> {});
  private Callable<Encoder> open;
  private int leases;
  private final Encoders encoders = new Encoders(tower -> lease(), mails, ended::add);

  EncodersTest(@TempDir Path directory) throws Exception {
    tiny = new TinyTower(directory);
    open = tiny::encoder;
  }

  @AfterEach
  void close() {
    encoders.close();
    tiny.close();
  }

  @Test
  void towerIsThereOnceTheMailSaysSo() throws Exception {
    assertThat(encoders.areOpen()).as("none is wanted").isTrue();
    want(1);
    assertThat(encoders.get(1)).isNull();
    assertThat(encoders.areOpen()).isFalse();
    assertThat(encoders.opening()).isTrue();
    assertThat(encoders.versions()).containsExactly(1);

    awaitEnds(1);
    assertThat(encoders.get(1)).isEqualTo(tiny.opened());
    assertThat(encoders.areOpen()).isTrue();
    assertThat(encoders.opening()).isFalse();
    assertThat(ended).containsExactly(1);
  }

  @Test
  void towerThatIsWantedAgainIsLeasedOnce() throws Exception {
    want(1);
    want(1);
    awaitEnds(1);
    want(1);
    encoders.retry();

    assertThat(leases).isEqualTo(1);
  }

  @Test
  void failureIsToldAndHoldsNoOtherTowerUp() throws Exception {
    fail();
    want(1);
    awaitEnds(1);
    assertThat(encoders.isFailing(1)).isTrue();
    assertThat(encoders.failing()).isEqualTo(1);
    assertThat(encoders.get(1)).isNull();
    assertThat(encoders.areOpen()).isFalse();
    assertThat(encoders.opening()).isFalse();

    renew();
    want(2);
    awaitEnds(2);
    assertThat(encoders.get(2)).isNotNull();
    assertThat(encoders.isFailing(2)).isFalse();
    assertThat(encoders.failing()).isEqualTo(1);
  }

  @Test
  void whileThePauseLastsNothingIsToldAgain() throws Exception {
    fail();
    // as long as it lasts, every lease is one on the attempt that failed
    SharedModels<Encoder>.Lease attempt = models.lease(DIGEST, open);
    try (Encoders paused = new Encoders(tower -> attempt, mails, ended::add)) {
      paused.want(1, tiny.tower());
      awaitEnds(1);
      paused.retry();
      mails.run();

      assertThat(ended).containsExactly(1);
      assertThat(paused.isFailing(1)).isTrue();
    }
  }

  @Test
  void newAttemptOpensTheTower() throws Exception {
    fail();
    want(1);
    awaitEnds(1);
    renew();
    encoders.retry();
    awaitEnds(2);

    assertThat(encoders.get(1)).isEqualTo(tiny.opened());
    assertThat(encoders.failing()).isZero();
    assertThat(ended).containsExactly(1, 1);
  }

  @Test
  void towerThatIsDroppedBeforeItOpensIsNotTold() throws Exception {
    want(1);
    encoders.drop(1);
    want(2);
    awaitEnds(1);
    mails.run();

    assertThat(ended).containsExactly(2);
    assertThat(encoders.get(1)).isNull();
    assertThat(encoders.versions()).containsExactly(2);
  }

  @Test
  void droppedFailureIsNotCountedAnyMore() throws Exception {
    fail();
    want(1);
    awaitEnds(1);
    encoders.drop(1);
    encoders.drop(1);

    assertThat(encoders.failing()).isZero();
    assertThat(encoders.isFailing(1)).isFalse();
    assertThat(encoders.areOpen()).isTrue();
  }

  private SharedModels<Encoder>.Lease lease() {
    leases++;
    return models.lease(DIGEST, open);
  }

  private void want(int version) {
    encoders.want(version, tiny.tower());
  }

  private void awaitEnds(int count) throws InterruptedException {
    mails.runUntil(() -> ended.size() >= count);
  }

  private void fail() {
    open =
        () -> {
          throw new CheckpointException("no such file");
        };
  }

  /** As when a pause is over, and what was missing is there. */
  private void renew() {
    models = new SharedModels<>(warning -> {});
    open = tiny::encoder;
  }
}
