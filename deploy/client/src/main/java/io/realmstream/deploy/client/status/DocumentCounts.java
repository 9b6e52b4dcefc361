package io.realmstream.deploy.client.status;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts documents and passages by folding document status; a few bytes a document. */
final class DocumentCounts {
  /** The last edit was a deletion. */
  private static final int GONE = -1;

  private final Map<Hash128, Integer> passages = new HashMap<>();
  private final Set<Hash128> failed = new HashSet<>();

  void add(DocumentStatus status) {
    Hash128 document = Hash128.ofTexts(status.id());
    switch (status.outcome()) {
      case ADDED, UPDATED -> passages.put(document, status.changes().passages());
      case DELETED -> passages.put(document, GONE);
      // they leave the document as it was, of which compaction may have left no trace but the count
      case UNCHANGED, STALE, FAILED ->
          passages.merge(
              document,
              status.changes().passages() > 0 ? status.changes().passages() : GONE,
              (before, now) -> now > 0 ? now : before);
    }
    if (status.outcome() == Outcome.FAILED) {
      failed.add(document);
    } else if (status.outcome() != Outcome.STALE) {
      failed.remove(document);
    }
  }

  long documents() {
    return passages.values().stream().filter(count -> count != GONE).count();
  }

  long passages() {
    return passages.values().stream().filter(count -> count != GONE).mapToLong(c -> c).sum();
  }

  long failed() {
    return failed.size();
  }
}
