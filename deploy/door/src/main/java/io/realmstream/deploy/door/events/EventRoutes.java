package io.realmstream.deploy.door.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.events.EventReader.Event;
import io.realmstream.deploy.door.http.InFlight;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/events}. A thread and a consumer each, so nothing is held for a reader but what it
 * is being sent: who reads slowly is cut off by the server's write timeout, and may come back with
 * the id of the last event.
 */
public final class EventRoutes implements AutoCloseable {
  /** A client that has gone is noticed only by writing, and keeps its place until then. */
  private static final Duration POLL = Duration.ofMillis(500);

  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

  private final Connection connection;
  private final InFlight inFlight;
  private volatile boolean closed;

  public EventRoutes(Connection connection, InFlight inFlight) {
    this.connection = connection;
    this.inFlight = inFlight;
  }

  /** Goes on until the reader, or the door, ends it. */
  public void events(Context request) throws IOException {
    Set<EventKind> kinds = EventKind.of(request.queryParam("topics"));
    String last = request.header("Last-Event-ID");
    Positions left = last == null ? null : Positions.parse(last);
    inFlight.enter();
    try {
      stream(request, kinds, left);
    } finally {
      inFlight.leave();
    }
  }

  private void stream(Context request, Set<EventKind> kinds, @Nullable Positions left)
      throws IOException {
    try (Consumer<byte[], byte[]> consumer = connection.strictConsumer()) {
      EventReader reader = new EventReader(consumer, connection.topics(), kinds, left);
      request.contentType("text/event-stream").header("Cache-Control", "no-store");
      OutputStream out = request.res().getOutputStream();
      write(out, new Event(reader.id(), "open", "{\"at\":\"%s\"}".formatted(Instant.now())));
      out.flush();
      while (!closed) {
        List<Event> events = reader.poll(POLL);
        for (Event event : events) {
          write(out, event);
        }
        if (events.isEmpty()) {
          out.write(COMMENT);
        }
        out.flush();
      }
    }
  }

  private static void write(OutputStream out, Event event) throws IOException {
    out.write(
        "id: %s\nevent: %s\ndata: %s\n\n"
            .formatted(event.id(), event.name(), event.data())
            .getBytes(UTF_8));
  }

  @Override
  public void close() {
    closed = true;
  }
}
