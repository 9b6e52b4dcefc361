package io.realmstream.deploy.cli.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.realmstream.deploy.files.Lines;
import io.realmstream.deploy.json.Json;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.json.BadRecordException;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** How a row says a document. Fields that a form does not know are ignored. */
public enum DocumentFormat {
  /**
   * {@code {id, title, text}} and, when wanted, every other field of a document edit: revision,
   * kind, eventTime, split.
   */
  DOCUMENTS {
    @Override
    ObjectNode edit(ObjectNode row) {
      return row;
    }
  },

  /** {@code {id, title, text}}: one row is one document is one passage, never split. */
  PASSAGES,

  /** Columns {@code id, title, text} under a header: otherwise as {@link #PASSAGES}. */
  TSV,

  /** WikiExtractor's {@code {id, revid, url, title, text}}; revid becomes the revision. */
  WIKIEXTRACTOR {
    @Override
    ObjectNode edit(ObjectNode row) throws BadRecordException {
      long revision = RowFields.revision("revid", row.path("revid"));
      return row.put("revision", revision).retain("id", "title", "text", "revision");
    }
  };

  private static final Set<String> DELETIONS =
      Arrays.stream(EditKind.values())
          .filter(EditKind::deletes)
          .map(EditKind::name)
          .collect(Collectors.toSet());

  /** What is too large for the topic is refused when its size as a record is known. */
  private static final JsonCodec<DocumentEdit> CODEC =
      Codecs.DOCUMENT_EDIT.withBytesMax(2 * Lines.LINE_BYTES_MAX);

  /**
   * The edit that a row says.
   *
   * @param fields where the row has what a document needs
   * @throws BadRecordException naming the field
   */
  DocumentEdit edit(ObjectNode row, RowFields fields) throws BadRecordException {
    ObjectNode edit = edit(fields.renamed(row));
    fields.revise(row, edit);
    if (edit.path("title").isNull()) {
      edit.remove("title");
    }
    if (!edit.has("text") && !DELETIONS.contains(edit.path("kind").asText())) {
      // the topic takes it as an empty document, but here it is a misspelt field
      throw new BadRecordException("text: missing");
    }
    // a number is a fine id, as WikiExtractor and DPR write it
    if (edit.path("id").isIntegralNumber()) {
      edit.put("id", edit.path("id").asText());
    }
    return CODEC.decode(Json.line(edit).getBytes(StandardCharsets.UTF_8));
  }

  /** Changes a row into an edit; this is how {@link #PASSAGES} and {@link #TSV} do. */
  ObjectNode edit(ObjectNode row) throws BadRecordException {
    return row.retain("id", "title", "text").put("split", false);
  }
}
