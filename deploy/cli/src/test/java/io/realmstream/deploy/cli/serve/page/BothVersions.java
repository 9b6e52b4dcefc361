package io.realmstream.deploy.cli.serve.page;

import static io.realmstream.deploy.cli.serve.HttpDoor.json;
import static io.realmstream.deploy.cli.serve.HttpDoor.question;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.serve.HttpDoor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The passages of one question to two versions, a row each: title, rank in the first, rank in the
 * second, and what differs.
 */
record BothVersions(HttpDoor door, String text) {
  private static final int K = 5;

  /** As the page shows them. */
  static List<String> shown(Browser browser) {
    Object rows =
        browser.script(
            """
            return [...document.querySelectorAll('#answer .ranks tbody tr')].map((row) => [
              row.querySelector('th').textContent,
              ...[...row.querySelectorAll('td')].slice(0, 2).map(
                  (cell) => cell.querySelector('b, .none').textContent),
              row.className].join(' | '));
            """);
    return ((List<?>) Objects.requireNonNull(rows)).stream().map(String::valueOf).toList();
  }

  /** From an answer of each version alone, where no document is cut in two ways. */
  List<String> expected(int first, int second) throws Exception {
    Map<String, JsonNode> was = passages(first);
    Map<String, JsonNode> now = passages(second);
    List<String> rows = new ArrayList<>();
    now.forEach((place, passage) -> rows.add(row(passage, rank(was.get(place)), rank(passage))));
    was.forEach(
        (place, passage) -> {
          if (!now.containsKey(place)) {
            rows.add(row(passage, rank(passage), "–"));
          }
        });
    return rows;
  }

  private static String row(JsonNode passage, String was, String now) {
    String kind = was.equals(now) ? "same" : "moved";
    if (was.equals("–") || now.equals("–")) {
      kind = was.equals("–") ? "new" : "gone";
    }
    return String.join(" | ", passage.path("title").asText(), was, now, kind);
  }

  private static String rank(@Nullable JsonNode passage) {
    return passage == null ? "–" : passage.path("rank").asText();
  }

  /** By their places in documents, in the order of rank. */
  private Map<String, JsonNode> passages(int version) throws Exception {
    String query = question("both-" + version, text, ", \"k\": " + K + ", \"version\": " + version);
    JsonNode answer = json(200, door.post("/v1/ask", query));
    Map<String, JsonNode> passages = new LinkedHashMap<>();
    answer.at("/result/passages").forEach(z -> passages.put(place(z), z));
    return passages;
  }

  private static String place(JsonNode passage) {
    return passage.path("document").asText()
        + passage.path("revision")
        + passage.path("start")
        + passage.path("end");
  }
}
