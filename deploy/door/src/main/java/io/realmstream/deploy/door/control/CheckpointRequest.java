package io.realmstream.deploy.door.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.realmstream.deploy.door.http.Refusal;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;

/** A checkpoint as a request names it: one that ships, or a whole manifest. */
final class CheckpointRequest {
  private static final ObjectReader STRICT =
      Json.MAPPER
          .reader()
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private CheckpointRequest() {}

  /**
   * The checkpoint.
   *
   * @throws Refusal 400 with the reason when there is none
   */
  static RetrieverCheckpoint decode(byte[] body) throws IOException {
    JsonNode request = object(body);
    JsonNode model = request.path("model");
    JsonNode manifest = request.path("manifest");
    if (model.isMissingNode() == manifest.isMissingNode()) {
      throw Refusal.badRequest("either model or manifest must be there");
    }
    return manifest.isMissingNode() ? named(model) : ofManifest(manifest);
  }

  private static JsonNode object(byte[] body) throws IOException {
    try {
      JsonNode request = STRICT.readTree(body);
      if (request.isObject()) {
        return request;
      }
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("no valid JSON, " + e.getOriginalMessage());
    }
    throw Refusal.badRequest("must be a JSON object");
  }

  private static RetrieverCheckpoint named(JsonNode model) {
    if (!model.isTextual() || !DefaultCheckpoints.NAMES.contains(model.textValue())) {
      throw Refusal.badRequest("model: must be one of " + DefaultCheckpoints.NAMES);
    }
    return DefaultCheckpoints.named(model.textValue());
  }

  /** Decodes it with the topic's own codec. */
  private static RetrieverCheckpoint ofManifest(JsonNode manifest) {
    try {
      return Codecs.RETRIEVER_CHECKPOINT.decode(Json.MAPPER.writeValueAsBytes(manifest));
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("manifest: " + e.getOriginalMessage());
    } catch (BadRecordException e) {
      throw Refusal.badRequest("manifest: " + e.getMessage());
    }
  }
}
