package io.realmstream.deploy.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.json.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code GET /v1/openapi.json}: what routes take and return, as OpenAPI 3.1. Records of topics are
 * described by their own schemas.
 */
final class ApiDescription {
  private static final Map<String, String> RECORDS =
      Map.of(
          "Query", "query",
          "DocumentEdit", "document-edit",
          "DocumentStatus", "document-status");

  private ApiDescription() {}

  static void get(Context request) {
    request.contentType("application/json").result(bytes());
  }

  static byte[] bytes() {
    try {
      ObjectNode api = read(ApiDescription.class, "openapi.json");
      ObjectNode schemas = api.withObject("/components/schemas");
      for (Map.Entry<String, String> record : RECORDS.entrySet()) {
        String file = "/io/realmstream/schemas/" + record.getValue() + ".schema.json";
        schemas.set(record.getKey(), read(Codecs.class, file).without(List.of("$schema", "$id")));
      }
      return Json.MAPPER.writeValueAsBytes(api);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode read(Class<?> beside, String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(file), file)) {
      return Json.MAPPER.readValue(in, ObjectNode.class);
    }
  }
}
