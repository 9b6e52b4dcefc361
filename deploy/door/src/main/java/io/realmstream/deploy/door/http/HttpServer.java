package io.realmstream.deploy.door.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.realmstream.deploy.door.http.Admission.Head;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A server of routes behind an {@link Admission}. */
public final class HttpServer implements AutoCloseable {
  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Listens until it is closed.
   *
   * @param address port 0 = a free one
   * @throws IOException if it cannot listen there
   */
  public static HttpServer start(
      InetSocketAddress address, Admission admission, Bounds bounds, Consumer<RoutesConfig> routes)
      throws IOException {
    Javalin javalin =
        Javalin.create(
            config -> {
              listen(config, address, bounds);
              config.routes.before(request -> admission.check(head(request)));
              Failures.addTo(config.routes);
              routes.accept(config.routes);
            });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    return new HttpServer(javalin);
  }

  /** Every route as method and path, for instance {@code GET /v1/status}. */
  public List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .toList();
  }

  public int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private static Head head(Context request) {
    return new Head(
        request.method().name(),
        request.path(),
        request.header("Host"),
        request.header("Authorization"),
        request.header("Origin"),
        request.header("Content-Type"));
  }

  private static void listen(JavalinConfig config, InetSocketAddress address, Bounds bounds) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.modifyServer(server -> server.setErrorHandler(new Failures.OfJetty()));
    config.jetty.addConnector((server, http) -> connector(server, http, address, bounds));
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, InetSocketAddress address, Bounds bounds) {
    http.setRequestHeaderSize(bounds.headerBytesMax());
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(bounds.bodyPatience().toMillis());
    return connector;
  }
}
