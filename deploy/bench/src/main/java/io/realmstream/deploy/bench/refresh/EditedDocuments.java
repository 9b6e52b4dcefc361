package io.realmstream.deploy.bench.refresh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.bench.Workload;
import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents of one passage each, and edits of them that have to be embedded. */
final class EditedDocuments {
  /** A prime, so that edits go from document to document and come back late. */
  private static final int STRIDE = 7919;

  private final List<DocumentEdit> first;
  private int edits;

  private EditedDocuments(List<DocumentEdit> first) {
    this.first = List.copyOf(first);
  }

  /**
   * So many documents.
   *
   * @param passages lines {id, title, text}; null = running text of the sample
   */
  static EditedDocuments of(@Nullable Path passages, int count) {
    if (passages == null) {
      return new EditedDocuments(new Workload().passages(count));
    }
    try (Stream<String> lines = Files.lines(passages)) {
      return new EditedDocuments(lines.limit(count).map(EditedDocuments::document).toList());
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read " + passages + ": " + e.getMessage());
    }
  }

  /** Their first revisions. */
  List<DocumentEdit> documents() {
    return first;
  }

  /** The next revisions of so many documents, each with a sentence that no passage had before. */
  List<DocumentEdit> edits(int count) {
    List<DocumentEdit> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = ++edits;
      DocumentEdit document = first.get((int) ((long) number * STRIDE % first.size()));
      next.add(
          new DocumentEdit(
              document.id(),
              Objects.requireNonNull(document.revision()) + number,
              EditKind.UPSERT,
              document.title(),
              "Edit " + number + ". " + document.text(),
              false,
              document.eventTime(),
              document.provenance()));
    }
    return next;
  }

  private static DocumentEdit document(String line) {
    try {
      JsonNode row = Json.MAPPER.readTree(line);
      return new DocumentEdit(
          row.path("id").asText(),
          1L,
          EditKind.UPSERT,
          row.path("title").asText(),
          row.path("text").asText(),
          false,
          null,
          Provenance.NONE);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw CommandFailure.usage("not a passage: " + line);
    }
  }
}
