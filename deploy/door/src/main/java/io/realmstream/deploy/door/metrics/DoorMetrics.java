package io.realmstream.deploy.door.metrics;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.realmstream.deploy.door.http.InFlight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/metrics}: requests by route, how long they took, and how many are in flight. */
public final class DoorMetrics {
  private static final PrometheusTextFormatWriter FORMAT = PrometheusTextFormatWriter.create();
  private static final String BEGAN = "door.began";

  /** It goes on as long as its reader wants, which says nothing about the door. */
  private static final String STREAM = "/v1/events";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final List<InFlight> places = new CopyOnWriteArrayList<>();
  private final Counter requests;
  private final Histogram seconds;

  /** Counts nothing yet. */
  public DoorMetrics() {
    requests =
        Counter.builder()
            .name("realm_door_requests_total")
            .help("Requests that ended, by route and status. 429 = there was no place.")
            .labelNames("route", "status")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("realm_door_request_seconds")
            .help("From the headers of a request to its answer, by route; event streams apart.")
            .labelNames("route")
            .classicOnly()
            .register(registry);
    GaugeWithCallback.builder()
        .name("realm_door_in_flight")
        .help("What is served now, by kind.")
        .labelNames("kind")
        .callback(gauge -> places.forEach(kind -> gauge.call(kind.taken(), kind.things())))
        .register(registry);
  }

  /** Places whose use is shown. */
  public InFlight places(int most, String things) {
    InFlight kind = new InFlight(most, things);
    places.add(kind);
    return kind;
  }

  /** Counts the requests of all routes. */
  public void addTo(RoutesConfig routes) {
    routes.before(request -> request.attribute(BEGAN, System.nanoTime()));
    routes.after(this::count);
    routes.addHttpHandler(HandlerType.GET, "/v1/metrics", this::write);
  }

  private void count(Context request) {
    String route = route(request);
    requests.labelValues(route, String.valueOf(request.statusCode())).inc();
    // null = it was not let in
    Long began = request.attribute(BEGAN);
    if (began != null && !route.equals(STREAM)) {
      seconds.labelValues(route).observe((System.nanoTime() - began) / 1e9);
    }
  }

  /** As OpenAPI names it; the files of the page are one route, and so is what has none. */
  private static String route(Context request) {
    @Nullable Endpoint endpoint = request.endpoints().lastHttpEndpoint();
    if (endpoint == null) {
      return "none";
    }
    return endpoint.path.startsWith("/v1/")
        ? endpoint.path.replace('<', '{').replace('>', '}')
        : "page";
  }

  private void write(Context request) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    FORMAT.write(text, registry.scrape());
    request.contentType(PrometheusTextFormatWriter.CONTENT_TYPE).result(text.toByteArray());
  }
}
