package io.realmstream.jobs.wikipedia.fetch;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.realmstream.jobs.wikipedia.fetch.ApiAnswer.Revision;
import io.realmstream.schemas.wikipedia.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads replies of MediaWiki's {@code action=query&prop=revisions} in {@code formatversion=2}.
 * Source: mediawiki.org, API:Revisions, API:Continue and Manual:Maxlag parameter.
 */
final class ApiReply {
  /** The largest text of a revision that is taken, in UTF-8 bytes. */
  static final int REVISION_BYTES_MAX = 8 << 20;

  private static final int DEPTH_MAX = 50;
  private static final Set<String> ASKS_FOR_PATIENCE = Set.of("maxlag", "ratelimited", "readonly");
  private static final ObjectMapper JSON = json();

  private ApiReply() {}

  /**
   * Reads a reply of status 200.
   *
   * @param pauseMs what its {@code Retry-After} asks for; 0 = nothing
   */
  static ApiAnswer read(byte[] body, long pauseMs) {
    JsonNode reply;
    try {
      reply = JSON.readTree(body);
    } catch (IOException e) {
      return new ApiAnswer.Broken();
    }
    if (ASKS_FOR_PATIENCE.contains(reply.path("error").path("code").asText())) {
      return new ApiAnswer.Refused(pauseMs);
    }
    if (!reply.path("query").isObject()) {
      return new ApiAnswer.Broken();
    }
    Map<Long, Revision> revisions = new HashMap<>();
    for (JsonNode missing : reply.path("query").path("badrevids")) {
      revisions.put(missing.path("revid").asLong(), new Revision(null, Reason.NO_SUCH_REVISION));
    }
    for (JsonNode page : reply.path("query").path("pages")) {
      for (JsonNode revision : page.path("revisions")) {
        revisions.put(revision.path("revid").asLong(), revision(revision));
      }
    }
    return new ApiAnswer.Revisions(revisions, further(reply), answeredMs(reply));
  }

  private static Revision revision(JsonNode revision) {
    JsonNode main = revision.path("slots").path("main");
    JsonNode content = main.path("content");
    if (main.path("texthidden").asBoolean()) {
      return new Revision(null, Reason.HIDDEN);
    }
    if (!content.isTextual()) {
      // the wiki's storage is at fault: nobody hid it
      return new Revision(null, Reason.UNREACHABLE);
    }
    String text = content.asText();
    return text.getBytes(StandardCharsets.UTF_8).length > REVISION_BYTES_MAX
        ? new Revision(null, Reason.TOO_LARGE)
        : new Revision(text, null);
  }

  private static Map<String, String> further(JsonNode reply) {
    Map<String, String> further = new HashMap<>();
    reply
        .path("continue")
        .properties()
        .forEach(property -> further.put(property.getKey(), property.getValue().asText()));
    return further;
  }

  private static long answeredMs(JsonNode reply) {
    try {
      return Instant.parse(reply.path("curtimestamp").asText()).toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static ObjectMapper json() {
    JsonMapper mapper = JsonMapper.builder().build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxStringLength(MediaWikiApi.REPLY_BYTES_MAX)
                .build());
    return mapper;
  }
}
