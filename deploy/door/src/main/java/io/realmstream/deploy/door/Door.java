package io.realmstream.deploy.door;

import io.javalin.config.RoutesConfig;
import io.javalin.http.HandlerType;
import io.realmstream.deploy.client.ClientException;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.door.ask.AskRoutes;
import io.realmstream.deploy.door.control.ControlRoutes;
import io.realmstream.deploy.door.documents.DocumentRoutes;
import io.realmstream.deploy.door.events.EventRoutes;
import io.realmstream.deploy.door.http.Bounds;
import io.realmstream.deploy.door.http.Failures;
import io.realmstream.deploy.door.http.HttpServer;
import io.realmstream.deploy.door.http.RequestBodies;
import io.realmstream.deploy.door.metrics.DoorMetrics;
import io.realmstream.deploy.door.page.PageRoutes;
import io.realmstream.deploy.door.page.Sample;
import io.realmstream.deploy.door.report.ReportRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The knowledge base over HTTP: a client of Kafka like any other. */
public final class Door implements AutoCloseable {
  private static final int QUESTIONS_MAX = 64;
  private static final int READS_MAX = 8;
  private static final int EDITS_MAX = 32;
  private static final int CHANGES_MAX = 4;

  /** One for each question and edit. Each holds up to 4 MiB, and twice that for a moment. */
  private static final int BODIES_MAX = QUESTIONS_MAX + EDITS_MAX;

  /** Each takes a thread. */
  private static final int STREAMS_MAX = 64;

  /** Who asks waits, so nothing is gathered, and a broker that is away is said soon. */
  private static final Map<String, Object> PROMPT =
      Map.of(
          ProducerConfig.LINGER_MS_CONFIG, 0,
          ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);

  private final DoorSettings settings;
  private final DoorMetrics metrics = new DoorMetrics();
  private final Producer<byte[], byte[]> producer;
  private final AskRoutes ask;
  private final DocumentRoutes documents;
  private final ReportRoutes reports;
  private final EventRoutes events;
  private final PageRoutes page;
  private final ControlRoutes control;
  private final HttpServer server;

  private Door(
      Connection connection, DoorSettings settings, @Nullable String flink, @Nullable Sample sample)
      throws IOException {
    this.settings = settings;
    Connection prompt = prompt(connection);
    producer = prompt.producer();
    RequestBodies bodies = new RequestBodies(metrics.places(BODIES_MAX, "incoming bodies"));
    ask = AskRoutes.open(connection, producer, metrics.places(QUESTIONS_MAX, "questions"), bodies);
    documents =
        new DocumentRoutes(connection, producer, metrics.places(EDITS_MAX, "edits"), bodies);
    reports = new ReportRoutes(connection, flink, metrics.places(READS_MAX, "reports"));
    page = new PageRoutes(sample);
    events = new EventRoutes(connection, metrics.places(STREAMS_MAX, "event streams"));
    control =
        new ControlRoutes(
            connection, settings.control(), metrics.places(CHANGES_MAX, "changes"), bodies);
    try {
      server =
          HttpServer.start(
              settings.address(), settings.admission(), Bounds.DEFAULT, this::addRoutes);
    } catch (IOException | RuntimeException e) {
      closeClients();
      throw e;
    }
  }

  /**
   * Opens a door. A broker that is away is no failure, since it may come back.
   *
   * @param flink address of Flink's dashboard; null = its jobs are unknown
   * @param sample what the page offers to an empty knowledge base; null = nothing
   * @throws IOException if it cannot listen
   */
  public static Door open(
      Connection connection, DoorSettings settings, @Nullable String flink, @Nullable Sample sample)
      throws IOException {
    return new Door(connection, settings, flink, sample);
  }

  /** For instance {@code http://localhost:8090}. */
  public String address() {
    return "http://" + DoorSettings.bracketed(settings.host()) + ":" + server.port();
  }

  List<String> routes() {
    return server.routes();
  }

  @Override
  public void close() {
    events.close();
    server.close();
    closeClients();
  }

  private void closeClients() {
    ask.close();
    producer.close(Duration.ofSeconds(5));
  }

  private void addRoutes(RoutesConfig routes) {
    routes.exception(
        ClientException.class,
        (e, request) -> Failures.say(request, status(e.kind()), String.valueOf(e.getMessage())));
    routes.exception(
        KafkaException.class,
        (e, request) ->
            Failures.say(request, 503, "the broker does not answer: " + e.getMessage()));
    metrics.addTo(routes);
    page.addTo(routes);
    routes
        .addHttpHandler(HandlerType.POST, "/v1/ask", ask::ask)
        .addHttpHandler(HandlerType.POST, "/v1/retrieve", ask::retrieve)
        .addHttpHandler(HandlerType.POST, "/v1/documents", documents::post)
        .addHttpHandler(HandlerType.GET, "/v1/documents/<id>", documents::get)
        .addHttpHandler(HandlerType.DELETE, "/v1/documents/<id>", documents::delete)
        .addHttpHandler(HandlerType.GET, "/v1/status", reports::status)
        .addHttpHandler(HandlerType.GET, "/v1/versions", reports::versions)
        .addHttpHandler(HandlerType.GET, "/v1/dead-letters", reports::deadLetters)
        .addHttpHandler(HandlerType.GET, "/v1/health", reports::health)
        .addHttpHandler(HandlerType.GET, "/v1/events", events::events)
        .addHttpHandler(HandlerType.GET, "/v1/openapi.json", ApiDescription::get);
    control.addTo(routes);
  }

  private static int status(ClientException.Kind kind) {
    return switch (kind) {
      case FAILED -> 500;
      case MISSING -> 404;
      case REFUSED -> 409;
      case UNREACHABLE -> 503;
      case TIMED_OUT -> 504;
    };
  }

  private static Connection prompt(Connection connection) {
    Map<String, Object> settings = new HashMap<>(connection.settings());
    settings.putAll(PROMPT);
    return new Connection(settings, connection.topics());
  }
}
