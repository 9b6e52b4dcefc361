package io.realmstream.deploy.wikipedia.feed;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A feed without end, over as many connections as it takes. Every event comes at least once, or
 * lies in a gap that is reported. Repeats are normal, since the service resumes by time. Not
 * thread-safe.
 */
public final class Feed implements Closeable {
  private static final Duration PAUSE_MAX = Duration.ofMinutes(1);
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(10);

  /** A call sleeps no longer, so that its caller can do other work. */
  private static final long SLEEP_MS_MAX = 500;

  private final FeedAddress address;
  private final Consumer<String> messages;
  private Position position;
  private @Nullable FeedConnection connection;
  private Seam seam;

  /** Whether the next connection asks by time, since the server does not know the id. */
  private boolean byTime;

  private boolean connectedByTime;
  private boolean anyEvent;

  /** Since when events have been skipped; null = none has been. */
  private @Nullable Instant skippedFrom;

  private int failures;
  private long connectAtNanos = System.nanoTime();
  private long lastEventNanos = System.nanoTime();

  /**
   * Connects when it is first read.
   *
   * @param start behind what was read before
   * @param messages told in one line each why a connection failed
   */
  public Feed(FeedAddress address, Position start, Consumer<String> messages) {
    this.address = address;
    this.position = start;
    this.seam = new Seam(start);
    this.messages = messages;
  }

  /** Behind the last event that {@link #next} gave. */
  public Position position() {
    return position;
  }

  /** For how long no event has come, not even one that the feed makes itself. */
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastEventNanos);
  }

  /**
   * Waits for the next event.
   *
   * @return null = the connection ended or could not be made; ask again
   */
  public @Nullable FeedEvent next() throws InterruptedException {
    try {
      if (connection == null && !connected()) {
        return null;
      }
      SentEvent event = connection == null ? null : connection.next();
      if (event == null) {
        ended();
        return null;
      }
      return taken(event);
    } catch (IOException e) {
      failed(e);
      return null;
    }
  }

  /** Whether it is time for a connection, and there is one. */
  private boolean connected() throws IOException, InterruptedException {
    long waitMs = (connectAtNanos - System.nanoTime()) / 1_000_000;
    if (waitMs > 0) {
      Thread.sleep(Math.min(waitMs, SLEEP_MS_MAX));
      return false;
    }
    anyEvent = false;
    connectedByTime = byTime;
    seam = new Seam(position);
    connection = FeedConnection.open(address, position, byTime);
    if (position.time() == null) {
      // should it break before its first event, the next one begins here
      position = Position.since(connection.opened());
    }
    return true;
  }

  private @Nullable FeedEvent taken(SentEvent event) {
    lastEventNanos = System.nanoTime();
    if (event.tooLong()) {
      messages.accept("an event of more than 8 MiB is left out");
      skippedFrom = skippedFrom == null ? position.time() : skippedFrom;
      return null;
    }
    Glance glance = Glance.of(event.data());
    Gap gap = seam.before(glance);
    if (gap != null && position.id() != null && !connectedByTime) {
      // perhaps the server does not know the id, and does not say so
      byTime = true;
      close();
      return null;
    }
    if (skippedFrom != null && glance.time() != null) {
      Instant from = gap != null && gap.from().isBefore(skippedFrom) ? gap.from() : skippedFrom;
      gap = new Gap(from, glance.time());
      skippedFrom = null;
    }
    byTime = false;
    anyEvent = true;
    failures = 0;
    position = position.behind(event, glance);
    return new FeedEvent(event.data(), glance, gap);
  }

  /** The service ends each connection after a quarter of an hour; that is no failure. */
  private void ended() {
    close();
    if (!anyEvent) {
      pause(Duration.ZERO);
    }
  }

  private void failed(IOException e) {
    boolean broken = connection != null;
    close();
    Duration atLeast = Duration.ZERO;
    if (e instanceof FeedConnection.RefusedException refusal) {
      byTime |= refusal.isOurs() && position.id() != null;
      atLeast = refusal.retryAfter();
    }
    messages.accept("connecting again: " + reason(e));
    if (!broken || !anyEvent) {
      pause(atLeast);
    }
  }

  private void pause(Duration atLeast) {
    failures++;
    Duration pause = address.pause().multipliedBy(1L << Math.min(failures - 1, 16));
    pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    if (atLeast.compareTo(pause) > 0) {
      pause = atLeast.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : atLeast;
    }
    connectAtNanos = System.nanoTime() + pause.toNanos();
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
