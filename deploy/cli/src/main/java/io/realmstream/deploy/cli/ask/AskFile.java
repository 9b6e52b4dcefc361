package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Excerpt;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.query.Query;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Asks a file of questions, some at a time, and hands on their answers in the file's order. */
public final class AskFile {
  private final AnswerClient client;
  private final BiFunction<String, Instant, Query> queries;
  private final Duration timeout;

  /** In the file's order, from the first whose answer is not handed on. */
  private final Deque<Asked> window = new ArrayDeque<>();

  private final Map<String, Asked> waiting = new HashMap<>();
  private final Map<AnswerStatus, Long> statuses = new EnumMap<>(AnswerStatus.class);
  private long badRows;
  private long unanswered;
  private long done;

  /**
   * @param queries a query under an id of its own, from a question and its deadline
   */
  public AskFile(
      AnswerClient client, BiFunction<String, Instant, Query> queries, Duration timeout) {
    this.client = client;
    this.queries = queries;
    this.timeout = timeout;
  }

  /**
   * Asks them all.
   *
   * @param inFlight how many may wait at once
   * @param answers takes every good row in the file's order
   * @return {@link ExitCode}: OK, even when some have no answer; TIMED_OUT, OVERLOADED or FAILED if
   *     that befell any, the first of these
   * @throws CommandFailure if the first ones get no answer
   */
  public int run(QuestionRows rows, int inFlight, Consumer<AnsweredRow> answers, Progress progress)
      throws IOException {
    boolean more = true;
    while (more || !window.isEmpty()) {
      while (more && window.size() < inFlight) {
        more = askNext(rows, progress);
      }
      client.poll(Duration.ofMillis(50)).forEach(this::receive);
      handOnFinished(answers);
      long read = done + window.size() + badRows;
      progress.update(done, more ? rows.expected(read) : read - badRows);
    }
    progress.message(summary());
    return exitCode();
  }

  private boolean askNext(QuestionRows rows, Progress progress) throws IOException {
    QuestionRows.Row row = rows.next();
    if (row == null) {
      return false;
    }
    if (row.question() == null) {
      badRows++;
      progress.message(Excerpt.message(row.line()));
      return true;
    }
    Instant deadline = Instant.now().plus(timeout);
    Query query = queries.apply(row.question(), deadline);
    long start = System.nanoTime();
    Asked asked =
        new Asked(row.line(), client.send(query), deadline.plus(AnswerClient.GRACE), start);
    window.add(asked);
    waiting.put(query.id(), asked);
    return true;
  }

  private void receive(String id, ReceivedAnswer answer) {
    Asked asked = waiting.remove(id);
    if (asked != null) {
      asked.answer = answer;
      asked.roundTripNanos = System.nanoTime() - asked.startNanos;
      statuses.merge(answer.answer().result().status(), 1L, Long::sum);
    }
  }

  private void handOnFinished(Consumer<AnsweredRow> answers) {
    for (Asked asked = window.peek(); asked != null; asked = window.peek()) {
      ReceivedAnswer answer = asked.answer;
      if (answer == null && Instant.now().isBefore(asked.giveUp)) {
        return;
      }
      if (answer == null) {
        unanswered++;
        waiting.values().remove(asked);
        if (statuses.isEmpty()) {
          throw client.explainSilence(asked.sent);
        }
      }
      answers.accept(new AnsweredRow(asked.line, answer, Duration.ofNanos(asked.roundTripNanos)));
      window.remove();
      done++;
    }
  }

  private String summary() {
    return statuses.entrySet().stream()
        .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + e.getValue() + ", ")
        .collect(
            Collectors.joining("", "", "without answer " + unanswered + ", bad rows " + badRows));
  }

  private int exitCode() {
    if (unanswered > 0 || statuses.containsKey(AnswerStatus.TIMED_OUT)) {
      return ExitCode.TIMED_OUT;
    }
    if (statuses.containsKey(AnswerStatus.OVERLOADED)) {
      return ExitCode.OVERLOADED;
    }
    boolean failed =
        statuses.keySet().stream().anyMatch(s -> AnswerExit.code(s) == ExitCode.FAILED);
    return failed || badRows > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private static final class Asked {
    final String line;
    final RecordMetadata sent;
    final Instant giveUp;
    final long startNanos;
    long roundTripNanos;
    @Nullable ReceivedAnswer answer;

    Asked(String line, RecordMetadata sent, Instant giveUp, long startNanos) {
      this.line = line;
      this.sent = sent;
      this.giveUp = giveUp;
      this.startNanos = startNanos;
    }
  }
}
