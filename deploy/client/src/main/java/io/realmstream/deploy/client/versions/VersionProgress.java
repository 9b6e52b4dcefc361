package io.realmstream.deploy.client.versions;

import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.Pace;
import io.realmstream.deploy.client.TopicReplay;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.Codecs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many documents each index has, by folding document status; a few bytes a document and index.
 * Compaction keeps a document's last status only, so an older index may have more than is seen.
 */
public final class VersionProgress {
  private final Map<Integer, Set<Hash128>> documents = new HashMap<>();
  private final Map<Hash128, Integer> passages = new HashMap<>();

  /** Takes as long as reading the document-status topic does. */
  public static VersionProgress read(Connection connection) {
    VersionProgress progress = new VersionProgress();
    String topic = connection.topics().documentStatus();
    TopicReplay.forEach(connection, topic, Codecs.DOCUMENT_STATUS, progress::add);
    return progress;
  }

  void add(DocumentStatus status) {
    Hash128 document = Hash128.ofTexts(status.id());
    if (status.outcome() == Outcome.DELETED) {
      passages.remove(document);
      documents.values().forEach(ids -> ids.remove(document));
    } else if (status.progress().answerableAt() != null) {
      passages.put(document, status.changes().passages());
      documents.computeIfAbsent(status.version(), version -> new HashSet<>()).add(document);
    }
  }

  /** Documents of a version that have their vectors, of all, since its last change of state. */
  public Pace pace(VersionEntry entry, Instant now) {
    long done = documents(entry.index());
    // what compaction has left no trace of is there all the same
    long seen = entry.complete() ? Math.max(done, documents()) : done;
    return new Pace(seen, documents(), Duration.between(entry.since(), now));
  }

  /** Documents of that index. */
  private long documents(int index) {
    return documents.getOrDefault(index, Set.of()).size();
  }

  /** Documents of any index. */
  private long documents() {
    return passages.size();
  }

  /** Passages of those. */
  public long passages() {
    return passages.values().stream().mapToLong(Integer::longValue).sum();
  }
}
