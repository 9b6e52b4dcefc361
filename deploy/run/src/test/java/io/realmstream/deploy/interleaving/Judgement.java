package io.realmstream.deploy.interleaving;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.realmstream.deploy.interleaving.Histories.Floor;
import io.realmstream.deploy.interleaving.PlainAnswers.Question;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.model.serving.revision.SupersededRevisions;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether an answer is right: its bytes must be those of the plain answer of the version that it
 * names, at an edit of each document between the last that was known to be answerable when the
 * question was sent, or that it dates itself with, and the last that had been sent when it came. It
 * must be exact, unless it took too long and says that it is not. One that says that its index is
 * complete must have what was answerable before the index was announced, even if the process that
 * answered then was killed.
 */
final class Judgement {
  private static final long KNOWN_MS =
      SupersededRevisions.known(RealmOptions.DELETE_DELAY.defaultValue()).toMillis();

  private final PlainAnswers plain;
  private final Histories histories;
  private final Asked asked;
  private final Received received;

  /**
   * A question that was sent.
   *
   * @param began when the process did that it was sent to
   * @param floors what was known then
   */
  record Asked(Query query, Instant began, Floors floors) {
    /** Another process may answer: of that one nothing is known. */
    Asked afterKill() {
      return new Asked(query, began, new Floors(Floor.NONE, new TreeMap<>(), floors.completed));
    }
  }

  /**
   * What is known of the indexes when a question is sent.
   *
   * @param now how far they are
   * @param announced how far any was while the log had so many versions
   * @param completed the same, whatever was killed since: for answers of complete versions
   */
  record Floors(
      Floor now, NavigableMap<Integer, Floor> announced, NavigableMap<Integer, Floor> completed) {}

  /** An answer as it came, of a version of the log. */
  record Received(byte[] bytes, Answer answer, VersionEntry version) {
    /** Null = the log is not so far yet that it has the answer's version. */
    static @Nullable Received of(byte[] bytes, Answer answer, VersionTable log) {
      IndexVersion version = answer.result().version();
      if (version == null) {
        throw new AssertionError("no version: " + new String(bytes, UTF_8));
      }
      VersionEntry entry = log.get(version.number());
      return entry == null ? null : new Received(bytes, answer, entry);
    }

    /** When the broker had the edits that it says to have; {@link Long#MIN_VALUE} = none. */
    long throughMs() {
      Instant through = answer.run().indexedThrough();
      return through == null ? Long.MIN_VALUE : through.toEpochMilli();
    }
  }

  Judgement(PlainAnswers plain, Histories histories, Asked asked, Received received) {
    this.plain = plain;
    this.histories = histories;
    this.asked = asked;
    this.received = received;
  }

  /** Id of the question. */
  String query() {
    return asked.query.id();
  }

  /** Whether the process that began then gave the answer, and none before. */
  boolean isOf(Instant began) {
    return asked.began.equals(began);
  }

  /** Whether it is the answer at the newest edit of every document. */
  boolean isNewest() throws Exception {
    return fits(histories.documents().stream().map(histories::newest).toList());
  }

  /** Whether it took so long that it need not be exact, and says that it is not. */
  boolean isLate() {
    double tookMs = received.answer.run().stagesMs().getOrDefault("stampToRetrieved", 0.0);
    return !received.answer.result().coverage().exact() && tookMs > KNOWN_MS;
  }

  /** Why it is wrong; empty = it is right. */
  String fault() throws Exception {
    Set<String> others = histories.documents();
    List<List<DocumentEdit>> sets = List.of(List.of());
    for (String document : quoted()) {
      List<DocumentEdit> edits = quotable(document);
      if (edits.isEmpty()) {
        return "%s is quoted from another edit than may be".formatted(document);
      }
      sets = extended(sets, edits);
      others.remove(document);
    }
    if (isLate()) {
      return ""; // what it quotes is of an edit that it may quote, and no more is claimed
    }
    for (List<DocumentEdit> set : sets) {
      if (fits(set)) {
        return faultOfOthers(set, others);
      }
    }
    return "it is not the answer of what it quotes";
  }

  /**
   * Documents that are not quoted must have an edit with which they are not. One at a time will do:
   * whether a passage comes before those quoted does not depend on other passages. Most often all
   * stand at their newest, which is tried first.
   */
  private String faultOfOthers(List<DocumentEdit> quoted, Set<String> others) throws Exception {
    List<DocumentEdit> withAll = new ArrayList<>(quoted);
    others.forEach(other -> withAll.add(histories.newest(other)));
    if (fits(withAll)) {
      return "";
    }
    for (String other : others) {
      boolean silent = false;
      for (DocumentEdit edit : possible(other)) {
        List<DocumentEdit> with = new ArrayList<>(quoted);
        with.add(edit);
        silent |= fits(with);
      }
      if (!silent) {
        return "%s should be quoted, whichever of its edits was answered".formatted(other);
      }
    }
    return "";
  }

  private boolean fits(Collection<DocumentEdit> documents) throws Exception {
    AnswerResult seen = received.answer.result();
    AnswerResult right =
        plain.answer(new Question(asked.query, received.version.checkpoint(), seen), documents);
    Answer whole = new Answer(received.answer.id(), right, received.answer.run());
    return Arrays.equals(Codecs.ANSWER.encode(whole), received.bytes);
  }

  private Set<String> quoted() {
    Set<String> quoted = new TreeSet<>();
    for (Evidence passage : received.answer.result().passages()) {
      if (!passage.uid().isEmpty()) {
        quoted.add(passage.passage().document());
      }
    }
    return quoted;
  }

  /** Edits of a document that may be quoted and are of the revision that is. */
  private List<DocumentEdit> quotable(String document) {
    List<DocumentEdit> edits = new ArrayList<>(possible(document));
    for (Evidence passage : received.answer.result().passages()) {
      if (passage.passage().document().equals(document)) {
        edits.removeIf(
            edit -> Objects.requireNonNull(edit.revision()) != passage.passage().revision());
      }
    }
    return edits;
  }

  private List<DocumentEdit> possible(String document) {
    boolean complete = received.answer.result().coverage().complete();
    Floors known = asked.floors;
    int index = received.version.index();
    var before = (complete ? known.completed : known.announced).lowerEntry(index);
    Floor announced = before == null ? Floor.NONE : before.getValue();
    Floor floor = known.now.through(index, received.throughMs());
    return histories.possible(document, index, floor, announced);
  }

  private static List<List<DocumentEdit>> extended(
      List<List<DocumentEdit>> sets, List<DocumentEdit> edits) {
    List<List<DocumentEdit>> extended = new ArrayList<>();
    for (List<DocumentEdit> set : sets) {
      for (DocumentEdit edit : edits) {
        List<DocumentEdit> longer = new ArrayList<>(set);
        longer.add(edit);
        extended.add(longer);
      }
    }
    return extended;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(asked.query + "\n");
    text.append(new String(received.bytes, UTF_8)).append('\n');
    text.append(received.version).append('\n');
    for (String document : histories.documents()) {
      text.append(document).append(": ").append(possible(document)).append('\n');
    }
    return text.toString();
  }
}
