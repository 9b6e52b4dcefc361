package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.serve.HttpDoor;
import io.realmstream.deploy.json.Json;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A document of eight passages, one of which says how high a lighthouse is. */
final class Lighthouse {
  static final String QUESTION = "How high is the lighthouse of Orrin Head?";

  private static final int PASSAGES = 8;
  private static final String FACT = "The lighthouse of Orrin Head is 47 metres high. ";
  private static final String LOG = "Keeper %d lit the lamp at dusk and wrote into the log. ";

  private Lighthouse() {}

  /** Waits until answers see it. */
  static void load(HttpDoor door) throws Exception {
    String edit = Json.line(Map.of("id", "light", "title", "The light", "text", text()));
    assertThat(json(200, door.post("/v1/documents?wait=answerable", edit)).path("passages").asInt())
        .isEqualTo(PASSAGES);
  }

  /** Paragraphs of about 190 tokens; a passage has 288 at most, so no two fit into one. */
  private static String text() {
    return IntStream.range(0, PASSAGES)
        .mapToObj(keeper -> (keeper == 5 ? FACT : "") + LOG.formatted(keeper).repeat(14))
        .collect(Collectors.joining("\n\n"));
  }
}
