package io.realmstream.deploy.door.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.realmstream.deploy.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every failure in one form: {@code {"error": "..."}}. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final String JSON = "application/json";

  private Failures() {}

  private record Failure(String error) {}

  /** Ends a request with a failure. */
  public static void say(Context request, int status, String message) {
    request.status(status).contentType(JSON).result(Json.line(new Failure(message)));
    if (status == 429) {
      request.header("Retry-After", "1");
    } else if (status == 401) {
      request.header("WWW-Authenticate", "Bearer");
    }
  }

  /** What handlers throw, and what is no route. */
  static void addTo(RoutesConfig routes) {
    routes.exception(
        Refusal.class, (e, request) -> say(request, e.status(), String.valueOf(e.getMessage())));
    routes.exception(
        HttpResponseException.class, (e, request) -> say(request, e.getStatus(), phrase(e)));
    // nobody is left to be told
    routes.exception(IOException.class, (e, request) -> {});
    routes.exception(UncheckedIOException.class, (e, request) -> {});
    routes.exception(
        Exception.class,
        (e, request) -> {
          LOG.error("{} {} failed", request.method(), request.path(), e);
          say(request, 500, "the door failed; its log says why");
        });
  }

  private static String phrase(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 -> "no such route";
      case 405 -> "no such method of this route";
      default -> String.valueOf(e.getMessage());
    };
  }

  /** What never becomes a request: too many headers, or no HTTP at all. */
  static final class OfJetty extends ErrorHandler {
    @Override
    protected void generateResponse(
        Request request,
        Response response,
        int code,
        String message,
        Throwable cause,
        Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
      byte[] body = Json.line(new Failure(String.valueOf(message))).getBytes(UTF_8);
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }
}
