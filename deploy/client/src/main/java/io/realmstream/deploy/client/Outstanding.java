package io.realmstream.deploy.client;

import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The edits that were sent and whose end is not known yet; holds nothing of those that ended.
 *
 * <p>A status belongs to an edit by document and revision. The revision of an edit that names none
 * is the record's Kafka timestamp, known only when the broker has acknowledged it; a status can be
 * seen before that, and waits. An edit that a newer revision, answerable or deleting, has overtaken
 * will never be answerable itself and ends as STALE. Thread-safe: acknowledgements come from the
 * producer's thread.
 */
public final class Outstanding {
  private final Map<String, Document> documents = new HashMap<>();
  private final BiConsumer<Outcome, DocumentStatus> ended;
  private int count;

  /**
   * @param ended told of each edit's end and of the status that ended it
   */
  Outstanding(BiConsumer<Outcome, DocumentStatus> ended) {
    this.ended = ended;
  }

  /** An edit of one document, known by identity. */
  public static final class Edit {
    private final String id;
    private @Nullable Long revision;

    private Edit(String id, @Nullable Long revision) {
      this.id = id;
      this.revision = revision;
    }
  }

  /** To be called before the edit is handed to the producer. */
  synchronized Edit sending(String id, @Nullable Long revision) {
    Edit edit = new Edit(id, revision);
    documents.computeIfAbsent(id, unused -> new Document()).edits.add(edit);
    count++;
    return edit;
  }

  synchronized void acknowledged(Edit edit, long timestampMs) {
    if (edit.revision == null) {
      edit.revision = timestampMs;
    }
    Document document = documents.get(edit.id);
    if (document != null) {
      List<DocumentStatus> early = List.copyOf(document.early);
      document.early.clear();
      early.forEach(this::status);
    }
  }

  /** The broker did not take it. */
  synchronized void refused(Edit edit) {
    Document document = documents.get(edit.id);
    if (document != null && document.edits.remove(edit)) {
      count--;
      forgetIfDone(edit.id, document);
    }
  }

  synchronized void status(DocumentStatus status) {
    Document document = documents.get(status.id());
    if (document == null || !isFinal(status)) {
      return;
    }
    if (!endSame(document, status) && document.edits.stream().anyMatch(e -> e.revision == null)) {
      document.early.add(status);
    }
    // a deleted document that was never published has nothing to make answerable
    if (status.progress().answerableAt() != null || status.outcome() == Outcome.DELETED) {
      endOvertaken(document, status);
    }
    forgetIfDone(status.id(), document);
  }

  public synchronized int count() {
    return count;
  }

  /** Whether nothing more will become of the edit. */
  public static boolean isFinal(DocumentStatus status) {
    return status.progress().answerableAt() != null
        || status.progress().publishedAt() == null
        || status.outcome() == Outcome.STALE
        || status.outcome() == Outcome.FAILED;
  }

  private boolean endSame(Document document, DocumentStatus status) {
    for (Iterator<Edit> edits = document.edits.iterator(); edits.hasNext(); ) {
      Long revision = edits.next().revision;
      if (revision != null && revision == status.revision()) {
        edits.remove();
        end(status.outcome(), status);
        return true;
      }
    }
    return false;
  }

  private void endOvertaken(Document document, DocumentStatus status) {
    for (Iterator<Edit> edits = document.edits.iterator(); edits.hasNext(); ) {
      Long revision = edits.next().revision;
      if (revision != null && revision < status.revision()) {
        edits.remove();
        end(Outcome.STALE, status);
      }
    }
  }

  private void end(Outcome outcome, DocumentStatus status) {
    count--;
    ended.accept(outcome, status);
  }

  private void forgetIfDone(String id, Document document) {
    if (document.edits.isEmpty()) {
      documents.remove(id);
    }
  }

  private static final class Document {
    final List<Edit> edits = new ArrayList<>(1);
    final List<DocumentStatus> early = new ArrayList<>(0);
  }
}
