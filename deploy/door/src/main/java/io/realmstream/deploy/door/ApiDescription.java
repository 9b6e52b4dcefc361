package io.realmstream.deploy.door;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /v1/openapi.json}: what routes take and return, as OpenAPI 3.1. */
final class ApiDescription {
  private static final String RESOURCE = "openapi.json";

  private ApiDescription() {}

  static void get(Context request) {
    request.contentType("application/json").result(bytes());
  }

  static byte[] bytes() {
    try (InputStream in = ApiDescription.class.getResourceAsStream(RESOURCE)) {
      return Objects.requireNonNull(in, RESOURCE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
