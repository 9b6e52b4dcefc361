package io.realmstream.deploy.interleaving;

import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was sent of each document, in its order, and what was said of it: which of its edits an
 * answer may quote.
 */
final class Histories {
  /** A document that nothing was sent of stands before its first edit. */
  private static final DocumentEdit NONE = DocumentEdit.deletion("none", 0L);

  private final Map<String, List<DocumentEdit>> inForce = new TreeMap<>();

  /** Documents of which the edit in force came without a revision. */
  private final Set<String> unnumbered = new HashSet<>();

  private final Map<DocumentEdit, Long> times = new HashMap<>();
  private final Map<DocumentInIndex, Integer> served = new HashMap<>();
  private final Map<DocumentInIndex, Integer> held = new HashMap<>();
  private final Map<Integer, Long> claimed = new HashMap<>();
  private final Map<String, Integer> stale = new TreeMap<>();
  private final Map<String, Integer> staleSeen = new HashMap<>();

  private long lastMs;

  final Contents contents = new Contents();

  private record DocumentInIndex(String id, int index) {}

  /**
   * How far each index was known to be, at some time.
   *
   * @param throughMs by index: every edit that the broker had by then was in it
   */
  record Floor(Map<DocumentInIndex, Integer> served, Map<Integer, Long> throughMs) {
    static final Floor NONE = new Floor(Map.of(), Map.of());

    /** The same, and of one index more is known. */
    Floor through(int index, long knownMs) {
      Map<Integer, Long> more = new HashMap<>(throughMs);
      more.merge(index, knownMs, Math::max);
      return new Floor(served, more);
    }

    private int of(String id, int index) {
      return served.getOrDefault(new DocumentInIndex(id, index), 0);
    }

    /** In whatever index. */
    private int of(String id) {
      int highest = 0;
      for (Map.Entry<DocumentInIndex, Integer> entry : served.entrySet()) {
        if (entry.getKey().id.equals(id)) {
          highest = Math.max(highest, entry.getValue());
        }
      }
      return highest;
    }
  }

  /**
   * Takes an edit that was sent.
   *
   * @param timeMs of its record
   * @return with the revision that it has in its history
   */
  DocumentEdit sent(DocumentEdit edit, long timeMs) {
    lastMs = Math.max(lastMs, timeMs);
    String id = edit.id();
    List<DocumentEdit> history = history(id);
    DocumentEdit last = history.get(history.size() - 1);
    boolean isNumbered = edit.revision() != null;
    boolean isBehindUnnumbered = unnumbered.contains(id);
    DocumentEdit numbered = edit;
    if (!isNumbered) {
      // of two such edits the topic has the order, whatever their clocks say
      long revision = isBehindUnnumbered ? Math.max(timeMs, revision(last)) : timeMs;
      numbered = RandomEdits.numbered(edit, revision);
    }
    int order = Long.compare(revision(numbered), revision(last));
    if (order == 0) {
      order = isNumbered ? compareGiven(numbered, last, isBehindUnnumbered) : 1;
    }
    if (order > 0) {
      history.add(numbered);
      times.put(numbered, timeMs);
      contents.added(numbered);
      var unused = isNumbered ? unnumbered.remove(id) : unnumbered.add(id);
    } else if (order < 0) {
      stale.merge(id + " " + numbered.revision(), 1, Integer::sum);
    }
    return numbered;
  }

  /** What was answerable may be answerable no more: the process that held it was killed. */
  void forgetHeld() {
    held.clear();
    claimed.clear();
  }

  /** An answer said that its index has every edit which the broker had by then. */
  void claimed(int index, long throughMs) {
    claimed.merge(index, throughMs, Math::max);
  }

  /** When the broker had the last of all edits. */
  long lastMs() {
    return lastMs;
  }

  /** How many documents an index holds of late. */
  long heldBy(int index) {
    return held.keySet().stream().filter(document -> document.index == index).count();
  }

  /**
   * Takes what became of an edit.
   *
   * @param began when the process that answers now did; what an earlier one held it may have to
   *     learn again
   */
  void seen(DocumentStatus status, Instant began) {
    if (status.outcome() == Outcome.STALE) {
      staleSeen.merge(status.id() + " " + status.revision(), 1, Integer::sum);
    }
    List<DocumentEdit> history = history(status.id());
    Instant answerable = status.progress().answerableAt();
    for (int i = 1; i < history.size() && answerable != null; i++) {
      if (revision(history.get(i)) == status.revision()) {
        DocumentInIndex document = new DocumentInIndex(status.id(), status.version());
        served.merge(document, i, Math::max);
        if (!answerable.isBefore(began)) {
          held.merge(document, i, Math::max);
        }
        return;
      }
    }
  }

  /** How far the indexes are known to be now. */
  Floor floor() {
    return new Floor(Map.copyOf(held), Map.copyOf(claimed));
  }

  /** What is not answerable yet from an index, or not refused, for people; empty = nothing. */
  List<String> missing(int index) {
    List<String> missing = new ArrayList<>();
    Floor floor = new Floor(served, Map.of());
    inForce.forEach(
        (id, history) -> {
          long newest = revision(newest(id));
          // an index that was begun after a deletion is never told of it
          boolean gone = newest(id).kind() == EditKind.DELETE;
          int known = gone ? floor.of(id) : floor.of(id, index);
          if (revision(history.get(known)) != newest) {
            missing.add("%s at %d in index %d".formatted(id, newest, index));
          }
        });
    stale.forEach(
        (edit, count) -> {
          if (staleSeen.getOrDefault(edit, 0) < count) {
            missing.add("STALE of " + edit);
          }
        });
    return missing;
  }

  /**
   * The edits of a document that an answer may quote: from the last that was known to be answerable
   * when the question was sent, to the last that was sent by now.
   *
   * @param asked how far the indexes were when the question was sent
   * @param announced how far any index was before this one was announced
   */
  List<DocumentEdit> possible(String id, int index, Floor asked, Floor announced) {
    List<DocumentEdit> history = history(id);
    int first = Math.max(asked.of(id, index), announced.of(id));
    long throughMs = asked.throughMs.getOrDefault(index, Long.MIN_VALUE);
    for (int i = first + 1; i < history.size(); i++) {
      first = time(history.get(i)) <= throughMs ? i : first;
    }
    return List.copyOf(history.subList(first, history.size()));
  }

  /** Every document that anything was sent of. */
  Set<String> documents() {
    return new TreeSet<>(inForce.keySet());
  }

  /** The edit in force, the last of those sent; a DELETE of no document before the first. */
  DocumentEdit newest(String id) {
    List<DocumentEdit> history = history(id);
    return history.get(history.size() - 1);
  }

  private List<DocumentEdit> history(String id) {
    return inForce.computeIfAbsent(id, unknown -> new ArrayList<>(List.of(NONE)));
  }

  private long time(DocumentEdit edit) {
    return Objects.requireNonNull(times.get(edit));
  }

  private static long revision(DocumentEdit edit) {
    return edit.equals(NONE) ? -1 : Objects.requireNonNull(edit.revision());
  }

  /** Of equal revisions: what came without one wins, then a DELETE, then the larger hash. */
  private static int compareGiven(DocumentEdit edit, DocumentEdit last, boolean lastUnnumbered) {
    if (lastUnnumbered) {
      return -1;
    }
    if (edit.kind() != last.kind()) {
      return edit.kind() == EditKind.DELETE ? 1 : -1;
    }
    return edit.kind() == EditKind.DELETE ? 0 : content(edit).compareTo(content(last));
  }

  /** All that an UPSERT of these histories says, in 127 bits. */
  private static Hash128 content(DocumentEdit edit) {
    List<String> said = new ArrayList<>();
    said.add(edit.text());
    said.add(edit.title());
    said.add(Boolean.toString(edit.split()));
    said.add(edit.eventTime() == null ? "" : edit.eventTime().toString());
    if (edit.provenance().link() != null) {
      said.add("link " + edit.provenance().link());
    }
    if (edit.provenance().license() != null) {
      said.add("license " + edit.provenance().license());
    }
    Hash128 hash = Hash128.ofTexts(said.toArray(String[]::new));
    return new Hash128(hash.high() & Long.MAX_VALUE, hash.low());
  }
}
