package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.sample.SampleKnowledgeBase;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.document.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one passage each, and every edit of them that was sent. A text is words of the
 * sample in random order. Several threads may use it.
 */
final class History {
  private static final int WORDS = 40;

  /** One edit in so many is a deletion. */
  private static final int DELETIONS = 8;

  private final List<String> words =
      SampleKnowledgeBase.documents().stream()
          .flatMap(document -> Arrays.stream(document.text().split("\\s+", -1)))
          .distinct()
          .toList();

  private final Random random;

  /** Edits of each document, oldest first. */
  private final Map<String, List<Sent>> documents = new LinkedHashMap<>();

  private int sent;

  /** An edit that was sent. */
  static final class Sent {
    private final DocumentEdit edit;

    /** How many edits of all documents were sent before. */
    private final int before;

    /** The broker's time of it; {@link Long#MAX_VALUE} = not acknowledged. */
    private volatile long brokerMs = Long.MAX_VALUE;

    private Sent(DocumentEdit edit, int before) {
      this.edit = edit;
      this.before = before;
    }

    DocumentEdit edit() {
      return edit;
    }

    void acknowledged(long atBrokerMs) {
      brokerMs = atBrokerMs;
    }

    private boolean isInForceBy(long throughMs) {
      return brokerMs <= throughMs;
    }
  }

  /**
   * What an answer may see of the documents.
   *
   * @param throughMs every edit that the broker had by then is in it; {@link Long#MIN_VALUE} =
   *     nothing is claimed
   * @param sent how many edits were sent when it came
   * @param complete whether it says that it has every document
   */
  record View(long throughMs, int sent, boolean complete) {
    /** By what an answer says of itself. */
    static View of(Answer answer, int sent) {
      Instant through = answer.run().indexedThrough();
      return new View(
          through == null ? Long.MIN_VALUE : through.toEpochMilli(),
          sent,
          answer.result().coverage().complete());
    }
  }

  /** When all that was sent is answerable: the newest edit of each document. */
  synchronized View settled() {
    return new View(Long.MAX_VALUE, sent, true);
  }

  History(long seed) {
    random = new Random(seed);
  }

  /** The first edit of another document. */
  synchronized Sent create() {
    return send("fault-" + documents.size(), EditKind.UPSERT);
  }

  /** Another edit of any document; one that is deleted comes back. */
  synchronized Sent edit() {
    String id = "fault-" + random.nextInt(documents.size());
    boolean deleted = newest(id).kind().deletes();
    boolean deletes = !deleted && random.nextInt(DELETIONS) == 0;
    return send(id, deletes ? EditKind.DELETE : EditKind.UPSERT);
  }

  /** How many edits were sent. */
  synchronized int sent() {
    return sent;
  }

  /** How many documents there are when all edits are in force. */
  synchronized int live() {
    return (int) documents.keySet().stream().filter(id -> !newest(id).kind().deletes()).count();
  }

  /** The last edit of a document. */
  synchronized DocumentEdit newest(String id) {
    List<Sent> edits = edits(id);
    return edits.get(edits.size() - 1).edit;
  }

  /** The last edit of a document that is not a deletion. */
  synchronized DocumentEdit newestText(String id) {
    List<Sent> edits = edits(id);
    int last = edits.size() - 1;
    return edits.get(edits.get(last).edit.kind().deletes() ? last - 1 : last).edit;
  }

  /** Some words of the language of all texts. */
  synchronized String words(int count) {
    return random
        .ints(count, 0, words.size())
        .mapToObj(words::get)
        .collect(Collectors.joining(" "));
  }

  /** Ids of all documents, deleted or not. */
  synchronized List<String> ids() {
    return List.copyOf(documents.keySet());
  }

  /**
   * The edits of a document that an answer may see. None of them = it may see that there is none.
   */
  synchronized List<@Nullable DocumentEdit> possible(String id, View view) {
    List<@Nullable DocumentEdit> possible = new ArrayList<>();
    if (!view.complete()) {
      possible.add(null);
    }
    for (Sent each : edits(id)) {
      if (each.isInForceBy(view.throughMs())) {
        possible.clear();
      }
      if (each.before < view.sent()) {
        possible.add(each.edit);
      }
    }
    return possible;
  }

  /**
   * A document that must be seen, and of which whatever edit may be seen is one that tells.
   *
   * @param others ids of documents that are not looked at
   * @return its id; null = there is none
   */
  synchronized @Nullable String find(View view, Set<String> others, Predicate<DocumentEdit> tells) {
    for (Map.Entry<String, List<Sent>> each : documents.entrySet()) {
      List<Sent> edits = each.getValue();
      boolean told = !others.contains(each.getKey());
      boolean seen = view.complete() && edits.get(0).before < view.sent();
      // the newest that is surely in force hides the older ones
      for (int i = edits.size() - 1; told && i >= 0; i--) {
        Sent edit = edits.get(i);
        if (edit.before < view.sent()) {
          told = !edit.edit.kind().deletes() && tells.test(edit.edit);
        }
        if (edit.isInForceBy(view.throughMs())) {
          seen = true;
          break;
        }
      }
      if (told && seen) {
        return each.getKey();
      }
    }
    return null;
  }

  private Sent send(String id, EditKind kind) {
    List<Sent> edits = documents.computeIfAbsent(id, unknown -> new ArrayList<>());
    String text = words(WORDS);
    long revision = edits.size() + 1L;
    DocumentEdit edit =
        new DocumentEdit(id, revision, kind, "", text, false, null, Provenance.NONE);
    Sent next = new Sent(edit, sent++);
    edits.add(next);
    return next;
  }

  private List<Sent> edits(String id) {
    return documents.getOrDefault(id, List.of());
  }
}
