package io.realmstream.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.onnx.TinyModels;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.Pooling;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderClosingTest {
  @Test
  void closingWhileThreadsEmbedEndsThemWithoutACrash(@TempDir Path directory) throws Exception {
    byte[] trunk = TinyModels.trunk(new float[][] {{1, 2}});
    EncoderTower tower =
        new EncoderTower(
            TestParts.write(directory, "trunk.onnx", trunk),
            DefaultCheckpoints.e5().documentTower().tokenizer(),
            null,
            Pooling.MEAN,
            false,
            "",
            TitleForm.TEXT,
            8);
    Encoder encoder = Encoder.open(tower, TestParts.cache(directory.resolve("cache")));
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CountDownLatch running = new CountDownLatch(3);
    try {
      Callable<Throwable> embedding =
          () -> {
            while (true) {
              try {
                encoder.embedQuery("a b c");
                running.countDown();
              } catch (IllegalStateException e) {
                return e;
              }
            }
          };
      List<Future<Throwable>> ends = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ends.add(threads.submit(embedding));
      }
      running.await();
      encoder.close();

      for (Future<Throwable> end : ends) {
        assertThat(end.get()).hasMessageContaining("closed");
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
