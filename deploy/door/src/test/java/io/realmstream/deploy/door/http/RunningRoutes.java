package io.realmstream.deploy.door.http;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A server of some routes on a free port, and a client of it. */
public final class RunningRoutes implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpServer server;

  private RunningRoutes(HttpServer server) {
    this.server = server;
  }

  public static RunningRoutes start(Consumer<RoutesConfig> routes) throws IOException {
    return new RunningRoutes(
        HttpServer.start(
            new InetSocketAddress("localhost", 0),
            new Admission(Set.of("localhost"), null, Set.of()),
            Bounds.DEFAULT,
            routes));
  }

  public int port() {
    return server.port();
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  public HttpResponse<String> delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  public HttpResponse<String> post(String path, String json) throws Exception {
    return send(posting(path, json));
  }

  /** Does not wait for the answer. */
  public CompletableFuture<HttpResponse<String>> posted(String path, String json) {
    return CLIENT.sendAsync(posting(path, json).build(), BodyHandlers.ofString());
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  @Override
  public void close() {
    server.close();
  }
}
