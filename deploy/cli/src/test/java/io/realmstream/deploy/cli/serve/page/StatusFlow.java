package io.realmstream.deploy.cli.serve.page;

import io.realmstream.deploy.client.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records at a steady rate, in a thread of its own. */
final class StatusFlow {
  private static final int TICK_MS = 10;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile long written;

  private StatusFlow(
      Connection connection, int perSecond, LongFunction<ProducerRecord<byte[], byte[]>> records) {
    this.thread = new Thread(() -> write(connection, perSecond, records), "status-flow");
  }

  /**
   * Writes until it is stopped.
   *
   * @param records by their numbers from 0
   */
  static StatusFlow start(
      Connection connection, int perSecond, LongFunction<ProducerRecord<byte[], byte[]>> records) {
    StatusFlow flow = new StatusFlow(connection, perSecond, records);
    flow.thread.start();
    return flow;
  }

  private void write(
      Connection connection, int perSecond, LongFunction<ProducerRecord<byte[], byte[]>> records) {
    long began = System.nanoTime();
    try (Producer<byte[], byte[]> producer = connection.producer()) {
      long next = 0;
      do {
        long due = (System.nanoTime() - began) / 1_000_000 * perSecond / 1_000;
        for (; next < due; next++) {
          var unused = producer.send(records.apply(next));
        }
        written = next;
      } while (!stopped.await(TICK_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many records were written, once the broker has all of them. */
  long stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
    return written;
  }
}
