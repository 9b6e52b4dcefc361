package io.realmstream.deploy.cli.edits.missing;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.json.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The documents that the knowledge base held when this was read, without those that were loaded
 * since. Holds the id of each.
 */
public final class MissingDocuments {
  private final String prefix;
  private final Map<String, Known> known = new TreeMap<>();

  private record Known(long revision, boolean live) {}

  MissingDocuments(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Reads the topic of document status.
   *
   * @param prefix of the ids that matter; empty = all
   */
  public static MissingDocuments read(Connection connection, String prefix) {
    MissingDocuments missing = new MissingDocuments(prefix);
    String topic = connection.topics().documentStatus();
    TopicReplay.forEach(connection, topic, Codecs.DOCUMENT_STATUS, missing::add);
    return missing;
  }

  void add(DocumentStatus status) {
    if (status.id().startsWith(prefix)) {
      Known before = known.getOrDefault(status.id(), new Known(0, false));
      boolean live =
          switch (status.outcome()) {
            case ADDED, UPDATED -> true;
            case DELETED -> false;
            // they leave the document as it was, which compaction may have forgotten
            case UNCHANGED, STALE, FAILED -> before.live || status.changes().passages() > 0;
          };
      known.put(status.id(), new Known(Math.max(before.revision, status.revision()), live));
    }
  }

  /** A document that is loaded. */
  public void loaded(String id) {
    known.remove(id);
  }

  /**
   * Deletions of those that are missing, by id. Each is of the revision behind the one that was
   * read: a document that somebody edits meanwhile stays.
   */
  public List<DocumentEdit> deletions() {
    List<DocumentEdit> deletions = new ArrayList<>();
    known.forEach(
        (id, document) -> {
          if (document.live && document.revision < Long.MAX_VALUE) {
            long revision = document.revision + 1;
            deletions.add(DocumentEdit.deletion(id, revision));
          }
        });
    return deletions;
  }
}
