package io.realmstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelThreadsTest {

  @Test
  void questionsAreAtWorkUntilTheLastIsDoneOrDropped() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ModelThreads threads = ModelThreads.forQuestions("question", 1);
    try (threads) {
      threads.execute(
          () -> {
            begun.countDown();
            block();
          });
      threads.execute(() -> {}); // waits, and is dropped
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(ModelThreads.questionsAreAtWork()).isTrue();
    }
    assertThat(ModelThreads.questionsAreAtWork()).isFalse();
  }

  @Test
  void otherWorkIsNoQuestion() {
    try (ModelThreads threads = new ModelThreads("training", 1)) {
      threads.execute(ModelThreadsTest::block);
      assertThat(ModelThreads.questionsAreAtWork()).isFalse();
    }
  }

  /** Until the threads are closed. */
  private static void block() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
