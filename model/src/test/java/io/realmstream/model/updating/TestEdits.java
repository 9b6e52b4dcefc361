package io.realmstream.model.updating;

import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.time.Instant;
import java.util.List;

/** Edits for tests. */
public final class TestEdits {
  private TestEdits() {}

  /** An edit that is accepted, with its revision as Kafka timestamp. */
  public static WantedEdit upsert(String id, long revision, String text) {
    return wanted(
        new DocumentEdit(id, revision, EditKind.UPSERT, "", text, true, null, Provenance.NONE));
  }

  /** A deletion that is accepted. */
  public static WantedEdit delete(String id, long revision) {
    return wanted(DocumentEdit.deletion(id, revision));
  }

  /** The document as it is published without a passage. */
  public static PublishedDocument published(WantedEdit edit) {
    return new PublishedDocument(edit.state(), edit.state(), List.of(), List.of());
  }

  private static WantedEdit wanted(DocumentEdit edit) {
    long revision = edit.revision() == null ? 0 : edit.revision();
    return new WantedEdit(
        new ReceivedEdit(edit, 0, 0, 0, revision, Instant.EPOCH), DocumentState.of(edit));
  }
}
