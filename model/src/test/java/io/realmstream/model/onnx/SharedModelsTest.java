package io.realmstream.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.realmstream.schemas.Hash128;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedModelsTest {
  private static final Hash128 DIGEST = Hash128.ofTexts("a model");

  private final AtomicLong nowMs = new AtomicLong(1_000_000);
  private final SharedModels<Model> models = new SharedModels<>(warning -> {}, nowMs::get);
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** Opens nothing but itself. */
  private final class Model implements AutoCloseable {
    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @Test
  void whatFailsIsTriedAgainBehindAPauseThatGrows() {
    long failures = SharedModels.failures();
    fail(1);
    nowMs.addAndGet(999);
    fail(1);
    nowMs.addAndGet(1);
    fail(2);
    nowMs.addAndGet(1_999);
    fail(2);
    nowMs.addAndGet(1);

    assertThat(lease(true).model().join()).isNotNull();
    assertThat(attempts).hasValue(3);
    assertThat(SharedModels.failures() - failures).isEqualTo(2);
  }

  /** Two subtasks that want the same model make one attempt. */
  @Test
  void allWhoWantAModelShareItsAttempts() {
    SharedModels<Model>.Lease first = lease(false);
    assertThatThrownBy(() -> first.model().join()).hasRootCauseInstanceOf(IOException.class);
    SharedModels<Model>.Lease second = lease(true);

    assertThat(second.model()).isSameAs(first.model());
    nowMs.addAndGet(1_000);
    assertThat(lease(true).model().join()).isSameAs(lease(true).model().join());
    assertThat(attempts).hasValue(2);
  }

  @Test
  void modelThatOpenedAtLastIsClosedWithItsLastLease() {
    fail(1);
    nowMs.addAndGet(1_000);
    SharedModels<Model>.Lease one = lease(true);
    SharedModels<Model>.Lease other = lease(true);
    one.model().join();
    one.close();
    assertThat(closed).hasValue(0);
    other.close();

    assertThat(closed).hasValue(1);
    lease(true).model().join();
    assertThat(attempts).hasValue(3);
  }

  /** Leases, is failed, and gives the lease back. */
  private void fail(int attemptsSoFar) {
    try (SharedModels<Model>.Lease lease = lease(false)) {
      assertThatThrownBy(() -> lease.model().join()).hasRootCauseInstanceOf(IOException.class);
    }
    assertThat(attempts).hasValue(attemptsSoFar);
  }

  private SharedModels<Model>.Lease lease(boolean opens) {
    return models.lease(
        DIGEST,
        () -> {
          attempts.incrementAndGet();
          if (!opens) {
            throw new IOException("no such file");
          }
          return new Model();
        });
  }
}
