package io.realmstream.deploy.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, so that a test can kill it. */
final class BrokerProcess {
  private BrokerProcess() {}

  /** Arguments: folder, port. Prints the bootstrap servers when the broker is up, then waits. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println(broker.bootstrapServers());
    new CountDownLatch(1).await();
  }
}
