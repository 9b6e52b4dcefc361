package io.realmstream.deploy.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, in order, and when the broker had it: whether an answer that quotes every passage
 * may say what it says of itself.
 */
final class KnownEdits {
  private final Map<String, List<Sent>> byDocument = new TreeMap<>();
  private final Map<String, Integer> settled = new TreeMap<>();
  private Instant last = Instant.MIN;

  private record Sent(DocumentEdit edit, Instant time) {
    boolean allows(@Nullable Long quoted) {
      boolean gone = edit.kind() == EditKind.DELETE;
      return gone ? quoted == null : Objects.equals(edit.revision(), quoted);
    }
  }

  /** Takes an edit that the broker had at {@code time}. */
  void sent(DocumentEdit edit, Instant time) {
    byDocument.computeIfAbsent(edit.id(), unseen -> new ArrayList<>()).add(new Sent(edit, time));
    last = time;
  }

  /**
   * All that was sent is answerable: an answer that says it is complete has it, or what is newer.
   */
  void settle() {
    byDocument.forEach((id, edits) -> settled.put(id, edits.size() - 1));
  }

  /** Whether an answer says that it has all, and all that was sent. */
  boolean isOfAll(JsonNode answer) {
    return isComplete(answer) && !through(answer).isBefore(last);
  }

  /** What an answer says of itself and is not so; empty = nothing. */
  String lie(JsonNode answer) {
    Map<String, Long> quoted = new TreeMap<>();
    for (JsonNode passage : answer.path("result").path("passages")) {
      quoted.put(passage.path("document").asText(), passage.path("revision").asLong());
    }
    Instant through = through(answer);
    boolean complete = isComplete(answer);
    for (Map.Entry<String, List<Sent>> document : byDocument.entrySet()) {
      String id = document.getKey();
      List<Sent> edits = document.getValue();
      int first = complete ? settled.getOrDefault(id, -1) : -1;
      for (int i = 0; i < edits.size(); i++) {
        first = edits.get(i).time().isAfter(through) ? first : Math.max(first, i);
      }
      Long revision = quoted.get(id);
      boolean isBeforeAll = first < 0 && revision == null;
      if (!isBeforeAll
          && edits.subList(Math.max(first, 0), edits.size()).stream()
              .noneMatch(sent -> sent.allows(revision))) {
        return "%s at %s, sent %s".formatted(id, revision, edits);
      }
    }
    return "";
  }

  private static boolean isComplete(JsonNode answer) {
    return answer.path("result").path("complete").asBoolean()
        && answer.path("result").path("exact").asBoolean();
  }

  private static Instant through(JsonNode answer) {
    String through = answer.path("run").path("indexedThrough").asText();
    return through.isEmpty() ? Instant.MIN : Instant.parse(through);
  }
}
