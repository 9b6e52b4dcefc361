package io.realmstream.deploy.bench.overhead;

import io.realmstream.deploy.bench.CpuTime;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.encoder.EmbeddingException;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The models of a checkpoint in a plain loop: nothing but ONNX Runtime and its tokenizer. */
final class BareModels implements AutoCloseable {
  private final Encoder encoder;
  private final SpanReader reader;
  private final ExecutorService threads;
  private final int threadCount;

  /** A passage that was read for a question. */
  record BareReading(String question, String title, String text) {}

  /**
   * How long a loop took.
   *
   * @param wallNanos from its start to the end of its last thread
   * @param cpuNanos of its threads together
   */
  record Effort(long wallNanos, long cpuNanos) {}

  BareModels(RetrieverCheckpoint checkpoint, Path models, int threadCount) {
    PartCache cache = new PartCache(models, PartOpener.local(BareModels.class.getClassLoader()));
    try {
      this.encoder = Encoder.open(checkpoint.documentTower(), cache);
      this.reader = SpanReader.open(checkpoint.reader(), cache);
    } catch (CheckpointException e) {
      throw CommandFailure.failed("a model does not open: " + e.getMessage());
    }
    this.threadCount = threadCount;
    this.threads = Executors.newFixedThreadPool(threadCount);
  }

  void embed(DocumentEdit edit) {
    try {
      encoder.embedPassage(edit.title(), edit.text());
    } catch (EmbeddingException e) {
      throw new IllegalStateException(e);
    }
  }

  Effort embedAll(List<DocumentEdit> edits) {
    return loop(edits.size(), i -> embed(edits.get(i)));
  }

  Effort readAll(List<BareReading> readings) {
    return loop(readings.size(), i -> read(readings.get(i)));
  }

  private void read(BareReading reading) {
    try {
      reader.read(reading.question(), reading.title(), reading.text());
    } catch (ReadingException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Step {
    void run(int index);
  }

  private Effort loop(int count, Step step) {
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    List<Future<Long>> running = new ArrayList<>();
    for (int thread = 0; thread < threadCount; thread++) {
      running.add(
          threads.submit(
              () -> {
                long before = CpuTime.ofThisThread();
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                  step.run(i);
                }
                return CpuTime.ofThisThread() - before;
              }));
    }
    long cpu = 0;
    for (Future<Long> thread : running) {
      cpu += await(thread);
    }
    return new Effort(System.nanoTime() - start, cpu);
  }

  private static long await(Future<Long> thread) {
    try {
      return thread.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    encoder.close();
    reader.close();
  }
}
