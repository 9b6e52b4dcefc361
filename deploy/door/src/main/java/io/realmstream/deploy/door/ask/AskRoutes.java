package io.realmstream.deploy.door.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.deploy.door.http.Bounds;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.door.http.RequestBody;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;

/** {@code POST /v1/ask} and {@code POST /v1/retrieve}. */
public final class AskRoutes implements AutoCloseable {
  private static final Bounds BOUNDS =
      new Bounds(
          Codecs.RECORD_BYTES_MAX, Bounds.DEFAULT.headerBytesMax(), Bounds.DEFAULT.bodyPatience());

  /** A deadline further away would hold a place for long. */
  private static final Duration DEADLINE_MAX = Duration.ofSeconds(60);

  private final Questions questions;
  private final InFlight inFlight;

  public AskRoutes(Connection connection, Producer<byte[], byte[]> producer, InFlight inFlight) {
    this.questions = new Questions(connection, producer);
    this.inFlight = inFlight;
  }

  /** The answer, byte for byte the topic's record. */
  public void ask(Context request) throws IOException {
    answer(request, query(request), ReceivedAnswer::bytes);
  }

  /** The passages alone. */
  public void retrieve(Context request) throws IOException {
    Query query = query(request);
    Query retrieval =
        new Query(
            query.id(),
            query.text(),
            QueryKind.RETRIEVE,
            query.scope(),
            query.deadline(),
            query.options());
    answer(
        request, retrieval, received -> Json.line(Retrieved.of(received.answer())).getBytes(UTF_8));
  }

  private void answer(Context request, Query query, Function<ReceivedAnswer, byte[]> form) {
    inFlight.enter();
    request.future(
        () ->
            questions
                .ask(query)
                .whenComplete((answer, failure) -> inFlight.leave())
                .thenAccept(
                    answer -> request.contentType("application/json").result(form.apply(answer))));
  }

  private static Query query(Context request) throws IOException {
    Query query;
    try {
      query = Codecs.QUERY.decode(RequestBody.read(request, BOUNDS));
    } catch (BadRecordException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
    Instant deadline = query.deadline();
    if (deadline != null && deadline.isAfter(Instant.now().plus(DEADLINE_MAX))) {
      throw Refusal.badRequest(
          "deadline: at most %d s from now".formatted(DEADLINE_MAX.toSeconds()));
    }
    return query;
  }

  @Override
  public void close() {
    questions.close();
  }
}
