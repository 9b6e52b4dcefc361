package io.realmstream.deploy.door.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.deploy.client.SourceOffsets;
import io.realmstream.deploy.door.http.Bounds;
import io.realmstream.deploy.door.http.InFlight;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** {@code POST /v1/ask} and {@code POST /v1/retrieve}. */
public final class AskRoutes implements AutoCloseable {
  /** A deadline further away would hold a place for long. */
  private static final Duration DEADLINE_MAX = Duration.ofSeconds(60);

  private final Questions questions;
  private final InFlight inFlight;
  private final RequestBodies bodies;
  private final Runnable closing;

  /** Writes answers, so that a client that takes its answer slowly holds up no other. */
  private final ExecutorService writers = Executors.newCachedThreadPool(AskRoutes::daemon);

  /**
   * Takes questions whose answers somebody listens for.
   *
   * @param closing closes what was opened for them
   */
  AskRoutes(Questions questions, InFlight inFlight, RequestBodies bodies, Runnable closing) {
    this.questions = questions;
    this.inFlight = inFlight;
    this.bodies = bodies;
    this.closing = closing;
  }

  /** Listens for answers until it is closed. */
  public static AskRoutes open(
      Connection connection,
      Producer<byte[], byte[]> producer,
      InFlight inFlight,
      RequestBodies bodies) {
    Admin admin = connection.admin();
    String readers = AnswerClient.readers(connection);
    SilentQuestions silence = new SilentQuestions(() -> SourceOffsets.committed(admin, readers));
    Questions questions = new Questions(connection.topics().queries(), producer, silence::explain);
    AnswerListener listener = AnswerListener.start(connection, questions);
    return new AskRoutes(
        questions,
        inFlight,
        bodies,
        () -> {
          listener.close();
          admin.close(Duration.ZERO);
        });
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
                .thenAcceptAsync(answer -> write(request, form.apply(answer)), writers)
                .whenComplete((written, failure) -> inFlight.leave()));
  }

  /**
   * Does not end the response: that follows once the place is free. So the length must not be sent
   * before.
   */
  private static void write(Context request, byte[] answer) {
    request.contentType("application/json");
    try {
      request.res().getOutputStream().write(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Query query(Context request) throws IOException {
    Query query;
    try {
      query = Codecs.QUERY.decode(bodies.read(request, Bounds.RECORD));
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

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "door-answer");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    closing.run();
    questions.close();
    writers.shutdown();
  }
}
