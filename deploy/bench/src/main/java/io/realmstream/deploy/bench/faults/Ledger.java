package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.History.Sent;
import io.realmstream.deploy.cli.evaluate.Samples;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a client knows of its questions and edits in one round. Only what the broker has
 * acknowledged must be answered. Several threads may use it.
 */
final class Ledger {
  private final Map<String, Question> questions = new LinkedHashMap<>();

  /** Newest acknowledged revision of each document. */
  private final Map<String, Long> edited = new HashMap<>();

  /** Newest revision that answers see. */
  private final Map<String, Long> answerable = new HashMap<>();

  private int edits;

  /**
   * An answer as it came.
   *
   * @param nanos when
   * @param editsSent how many edits had been sent then
   */
  record Received(Answer answer, long nanos, int editsSent) {}

  /** A question and its answers, the first of which came first. */
  static final class Question {
    private final Query query;
    private final long sentNanos;
    private final List<Received> answers = new ArrayList<>();
    private boolean acknowledged;

    private Question(Query query, long sentNanos) {
      this.query = query;
      this.sentNanos = sentNanos;
    }

    Query query() {
      return query;
    }

    List<Received> answers() {
      return List.copyOf(answers);
    }
  }

  /**
   * A time without answers.
   *
   * @param noticed seconds from the fault until somebody had waited too long
   * @param recovered seconds from the fault until the last of those who did had an answer
   */
  record Outage(double noticed, double recovered) {}

  /**
   * Counts of a round.
   *
   * @param unanswered questions without an answer
   * @param overloaded answers that say OVERLOADED
   * @param repeats answers to questions that had one
   * @param inexact answers that do not say that they are exact
   * @param waiting documents whose newest edit no answer sees
   * @param slowestMs the longest time from sending a question to its first answer
   */
  record Tally(
      int questions,
      int unanswered,
      int overloaded,
      int repeats,
      int inexact,
      int edits,
      int waiting,
      double slowestMs) {}

  /** A question is sent. */
  synchronized void asked(Query query, long sentNanos) {
    questions.put(query.id(), new Question(query, sentNanos));
  }

  /** The broker has a question. */
  synchronized void acknowledged(Query query) {
    Objects.requireNonNull(questions.get(query.id())).acknowledged = true;
  }

  /** An answer came, perhaps to a question of another round or of somebody else. */
  synchronized void answered(Received received) {
    Question question = questions.get(received.answer().id());
    if (question != null) {
      question.answers.add(received);
    }
  }

  /** The broker has an edit. */
  synchronized void edited(Sent sent) {
    edits++;
    edited.merge(sent.edit().id(), Objects.requireNonNull(sent.edit().revision()), Math::max);
  }

  /** Answers see a revision from now on. */
  synchronized void answerable(String id, long revision) {
    answerable.merge(id, revision, Math::max);
  }

  /** Questions that the broker has. */
  synchronized List<Question> questions() {
    return questions.values().stream().filter(question -> question.acknowledged).toList();
  }

  /**
   * When the first answer came to a question that was sent later than that, OVERLOADED apart; empty
   * = not yet.
   */
  synchronized OptionalLong firstAnswer(long sentNanos) {
    return questions.values().stream()
        .filter(question -> question.sentNanos > sentNanos)
        .flatMap(question -> question.answers.stream())
        .filter(answer -> !isOverloaded(answer))
        .mapToLong(Received::nanos)
        .min();
  }

  /**
   * How long answers were missing, as one sees it who waits so long for each and no longer.
   *
   * @param sinceNanos of which questions: not those that were answered before
   * @return empty = nobody waited for longer
   */
  synchronized Optional<Outage> outage(long sinceNanos, Duration patience) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Question question : questions()) {
      long answered =
          question.answers.stream().mapToLong(Received::nanos).min().orElse(Long.MAX_VALUE);
      long noticed = question.sentNanos + patience.toNanos();
      if (answered > noticed && answered > sinceNanos) {
        first = Math.min(first, noticed);
        last = Math.max(last, answered);
      }
    }
    return first == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Outage(Math.max(0, first - sinceNanos) / 1e9, (last - sinceNanos) / 1e9));
  }

  /**
   * How old the index of an answer was when it came, in milliseconds: 99 of 100 answers were not
   * older. 0 = no answer dates itself.
   */
  synchronized double ageP99Ms() {
    double nowMs = System.currentTimeMillis();
    long now = System.nanoTime();
    Samples ages = new Samples();
    for (Question question : questions()) {
      for (Received each : question.answers) {
        Instant through = each.answer().run().indexedThrough();
        if (through != null) {
          ages.add(nowMs - (now - each.nanos()) / 1e6 - through.toEpochMilli());
        }
      }
    }
    return ages.isEmpty() ? 0 : ages.percentile(99);
  }

  /** Documents that were edited. */
  synchronized Set<String> editedIds() {
    return Set.copyOf(edited.keySet());
  }

  /** Whether the broker has every question, and each has an answer. */
  synchronized boolean isAnswered() {
    return questions.values().stream()
        .allMatch(question -> question.acknowledged && !question.answers.isEmpty());
  }

  /** Whether nothing is waited for. */
  synchronized boolean isQuiet() {
    Tally now = tally();
    return now.unanswered() == 0 && now.waiting() == 0;
  }

  synchronized Tally tally() {
    int unanswered = 0;
    int overloaded = 0;
    int repeats = 0;
    int inexact = 0;
    long slowest = 0;
    for (Question question : questions()) {
      if (question.answers.isEmpty()) {
        unanswered++;
        continue;
      }
      repeats += question.answers.size() - 1;
      for (Received each : question.answers) {
        boolean refused = isOverloaded(each);
        overloaded += refused ? 1 : 0;
        inexact += refused || each.answer().result().coverage().exact() ? 0 : 1;
      }
      slowest = Math.max(slowest, question.answers.get(0).nanos() - question.sentNanos);
    }
    int waiting = 0;
    for (Map.Entry<String, Long> each : edited.entrySet()) {
      waiting += answerable.getOrDefault(each.getKey(), 0L) < each.getValue() ? 1 : 0;
    }
    return new Tally(
        questions().size(),
        unanswered,
        overloaded,
        repeats,
        inexact,
        edits,
        waiting,
        slowest / 1e6);
  }

  /**
   * Whether two answers to a question contradict each other: they quote the same and claim as much,
   * and differ. A job that was just restored claims less.
   */
  static boolean contradict(AnswerResult one, AnswerResult other) {
    return one.status() != AnswerStatus.OVERLOADED
        && quotes(one).equals(quotes(other))
        && one.coverage().equals(other.coverage())
        && !one.equals(other);
  }

  private static boolean isOverloaded(Received received) {
    return received.answer().result().status() == AnswerStatus.OVERLOADED;
  }

  private static List<String> quotes(AnswerResult result) {
    return result.passages().stream()
        .map(each -> each.passage().document() + " " + each.passage().revision())
        .toList();
  }
}
