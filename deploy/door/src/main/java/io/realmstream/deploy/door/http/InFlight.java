package io.realmstream.deploy.door.http;

import java.util.concurrent.Semaphore;

/** How many requests of a kind are served at once; one more is refused, not queued. */
public final class InFlight {
  private final int most;
  private final Semaphore free;
  private final String things;

  /**
   * @param things in the plural, for the message
   */
  public InFlight(int most, String things) {
    this.most = most;
    this.free = new Semaphore(most);
    this.things = things;
  }

  public String things() {
    return things;
  }

  /** How many there are now. */
  public int taken() {
    return most - free.availablePermits();
  }

  /** To be followed by {@link #leave}. */
  public void enter() {
    if (!free.tryAcquire()) {
      throw new Refusal(429, "too many " + things + " at once");
    }
  }

  public void leave() {
    free.release();
  }

  /** Serves a request in this thread. */
  public void run(Runnable serving) {
    enter();
    try {
      serving.run();
    } finally {
      leave();
    }
  }
}
