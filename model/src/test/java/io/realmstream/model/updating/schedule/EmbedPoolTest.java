package io.realmstream.model.updating.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.document.Decision;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.updating.HeapShard;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.version.EncoderTower;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How embedding threads are shared. */
class EmbedPoolTest {
  private static final int WORKS = 30;
  private static final EncoderTower TOWER = DefaultCheckpoints.minilm().documentTower();

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

  @Test
  void anEditDoesNotWaitForAPassageInTheBackground() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch edited = new CountDownLatch(1);
    try (Encoder encoder = encoder();
        EmbedPool pool =
            new EmbedPool(
                new EmbedPool.Size(1, 1),
                () -> false,
                work -> {
                  if (work.order().edit()) {
                    edited.countDown();
                  } else {
                    held.countDown();
                    await(edited);
                  }
                },
                failure -> {})) {
      pool.add(background("held", encoder));
      await(held);
      pool.add(edit("edited", encoder));
      await(edited);
    }
  }

  @Test
  void nothingBeginsInTheBackgroundWhileEditsHaveAllThreads() throws Exception {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch left = new CountDownLatch(3);
    try (Encoder encoder = encoder()) {
      AtomicReference<@Nullable EmbedPool> self = new AtomicReference<>();
      EmbedPool pool =
          new EmbedPool(
              new EmbedPool.Size(1, 1),
              () -> false,
              work -> {
                order.add(work.order().id());
                if (order.size() == 1) {
                  EmbedPool running = Objects.requireNonNull(self.get());
                  running.add(background("background", encoder));
                  running.add(edit("second", encoder));
                }
                left.countDown();
              },
              failure -> {});
      try (pool) {
        self.set(pool);
        pool.add(edit("first", encoder));
        await(left);
      }
    }
    assertThat(order).containsExactly("first", "second", "background");
  }

  /** As after a restore: the ACTIVE version is checked while others are built behind it. */
  @Test
  void workInTheBackgroundIsDoneAmongOtherRebuilds() throws Exception {
    CountDownLatch left = new CountDownLatch(3 * WORKS);
    try (Encoder encoder = encoder();
        EmbedPool pool =
            new EmbedPool(
                new EmbedPool.Size(1, 0.5), () -> false, work -> left.countDown(), failure -> {})) {
      for (int i = 0; i < WORKS; i++) {
        pool.add(background("b" + i, encoder));
        pool.add(rebuild("r" + i, encoder));
        pool.add(background("c" + i, encoder));
      }
      await(left);
    }
  }

  /** Each passage lets questions go first, but not for ever. */
  @Test
  void questionsThatNeverEndDoNotStopTheBackground() throws Exception {
    CountDownLatch left = new CountDownLatch(3);
    try (Encoder encoder = encoder();
        EmbedPool pool =
            new EmbedPool(
                new EmbedPool.Size(1, 1), () -> true, work -> left.countDown(), failure -> {})) {
      for (int i = 0; i < 3; i++) {
        pool.add(background("b" + i, encoder));
      }
      await(left);
    }
  }

  private static Encoder encoder() throws Exception {
    return Encoder.open(TOWER, TestParts.cache(Path.of("target", "models")));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks at all threads at once, again and again, until every work is done. */
  private static long mostAtWork(EmbedPool.Size size) throws Exception {
    CountDownLatch left = new CountDownLatch(WORKS);
    long most = 0;
    try (Encoder encoder = encoder();
        EmbedPool pool =
            new EmbedPool(size, () -> false, work -> left.countDown(), failure -> {})) {
      for (int i = 0; i < WORKS; i++) {
        pool.add(background("d" + i, encoder));
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

  private static EmbedWork background(String id, Encoder encoder) {
    return work(id, false, true, encoder);
  }

  private static EmbedWork rebuild(String id, Encoder encoder) {
    return work(id, false, false, encoder);
  }

  private static EmbedWork edit(String id, Encoder encoder) {
    return work(id, true, true, encoder);
  }

  private static EmbedWork work(String id, boolean isEdit, boolean behind, Encoder encoder) {
    String text = "A text that is to be embedded: " + id;
    DocumentEdit edit =
        new DocumentEdit(id, 1L, EditKind.UPSERT, "", text, true, null, Provenance.NONE);
    ReceivedEdit received = new ReceivedEdit(edit, 0, 0, 0, 0, Instant.EPOCH);
    Decision.Accept accepted = (Decision.Accept) Decision.decide(null, edit);
    return new EmbedWork(
        new EmbedWork.Order(
            HeapShard.empty(0),
            new WantedEdit(received, accepted.next()),
            new EmbedWork.Target(2, new Encoders.Opened(TOWER, encoder), behind),
            isEdit,
            Set.of(),
            false,
            KnownOutputs.NONE,
            false));
  }
}
