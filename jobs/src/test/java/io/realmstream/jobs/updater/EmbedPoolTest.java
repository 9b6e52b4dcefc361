package io.realmstream.jobs.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.document.Decision;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.schemas.document.DocumentEdit;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How embedding threads are shared. */
class EmbedPoolTest {
  private static final int WORKS = 30;

  @Test
  void backgroundGetsAShareOfTheThreadsAndRestsWhenThatIsLessThanOne() {
    assertThat(new EmbedPool.Size(4, 0.5).backgroundThreads()).isEqualTo(2);
    assertThat(new EmbedPool.Size(4, 0.5).rest()).isZero();
    assertThat(new EmbedPool.Size(3, 0.5).backgroundThreads()).isEqualTo(1);
    assertThat(new EmbedPool.Size(3, 1).backgroundThreads()).isEqualTo(3);
    // one thread at a quarter: after a second of work three of rest
    assertThat(new EmbedPool.Size(1, 0.25).backgroundThreads()).isEqualTo(1);
    assertThat(new EmbedPool.Size(1, 0.25).rest()).isEqualTo(3);
  }

  @Test
  void worksInTheBackgroundNeverUseMoreThreadsThanTheirShare() throws Exception {
    assertThat(mostAtWork(new EmbedPool.Size(3, 0.4))).isLessThanOrEqualTo(1);
  }

  /** As after a restore: the ACTIVE version is checked while others are built behind it. */
  @Test
  void workInTheBackgroundIsDoneAmongOtherRebuilds() throws Exception {
    CountDownLatch left = new CountDownLatch(3 * WORKS);
    try (Encoder encoder =
            Encoder.open(
                DocumentsHarness.CHECKPOINT.documentTower(), DocumentsHarness.MODELS.parts());
        EmbedPool pool =
            new EmbedPool(new EmbedPool.Size(1, 0.5), work -> left.countDown(), failure -> {})) {
      for (int i = 0; i < WORKS; i++) {
        pool.add(work("b" + i, true, encoder));
        pool.add(work("r" + i, false, encoder));
        pool.add(work("c" + i, true, encoder));
      }
      assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** Looks at all threads at once, again and again, until every work is done. */
  private static long mostAtWork(EmbedPool.Size size) throws Exception {
    CountDownLatch left = new CountDownLatch(WORKS);
    long most = 0;
    try (Encoder encoder =
            Encoder.open(
                DocumentsHarness.CHECKPOINT.documentTower(), DocumentsHarness.MODELS.parts());
        EmbedPool pool = new EmbedPool(size, work -> left.countDown(), failure -> {})) {
      for (int i = 0; i < WORKS; i++) {
        pool.add(work("d" + i, true, encoder));
      }
      while (left.getCount() > 0) {
        most = Math.max(most, atWork());
      }
      assertThat(pool.passages(KnownOutputs.Effort.EMBEDDED)).isEqualTo(WORKS);
    }
    return most;
  }

  private static long atWork() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack -> {
              for (StackTraceElement frame : stack) {
                if (frame.getClassName().equals(EmbedWork.class.getName())) {
                  return true;
                }
              }
              return false;
            })
        .count();
  }

  private static EmbedWork work(String id, boolean behind, Encoder encoder) {
    DocumentEdit edit = DocumentsHarness.upsert(id, 1, "A text that is to be embedded: " + id);
    ReceivedEdit received = new ReceivedEdit(edit, 0, 0, 0, 0, Instant.EPOCH);
    Decision.Accept accepted = (Decision.Accept) Decision.decide(null, edit);
    return new EmbedWork(
        new EmbedWork.Order(
            new Task(new Shard(0, 0), id, 1),
            2,
            new WantedEdit(received, accepted.next()),
            new Encoders.Opened(DocumentsHarness.CHECKPOINT.documentTower(), encoder),
            behind,
            Set.of(),
            false,
            KnownOutputs.NONE,
            null));
  }
}
