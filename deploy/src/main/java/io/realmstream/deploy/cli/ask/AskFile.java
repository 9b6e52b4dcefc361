package io.realmstream.deploy.cli.ask;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.schemas.query.AnswerStatus;
import io.realmstream.schemas.query.Query;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Asks a file of questions, some at a time, and writes their answers in the file's order. */
final class AskFile {
  private final AnswerClient client;
  private final QueryOptionGroup options;
  private final Duration timeout;
  private final String queriesGroup;

  /** In the file's order, from the first whose answer is not written. */
  private final Deque<Asked> window = new ArrayDeque<>();

  private final Map<String, Asked> waiting = new HashMap<>();
  private final Map<AnswerStatus, Long> statuses = new EnumMap<>(AnswerStatus.class);
  private long badRows;
  private long unanswered;
  private long written;

  AskFile(AnswerClient client, QueryOptionGroup options, Duration timeout, String queriesGroup) {
    this.client = client;
    this.options = options;
    this.timeout = timeout;
    this.queriesGroup = queriesGroup;
  }

  /**
   * Asks them all.
   *
   * @param inFlight how many may wait at once
   * @return {@link ExitCode}: OK, even when some have no answer; FAILED or TIMED_OUT if that befell
   *     any
   * @throws CommandFailure if the first ones get no answer
   */
  int run(QuestionRows rows, int inFlight, PrintWriter out, Progress progress) throws IOException {
    boolean more = true;
    while (more || !window.isEmpty()) {
      while (more && window.size() < inFlight) {
        more = askNext(rows, progress);
      }
      client.poll(Duration.ofMillis(50)).forEach(this::receive);
      writeFinished(out);
      long read = written + window.size() + badRows;
      progress.update(written, more ? rows.expected(read) : read - badRows);
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
      progress.message(row.line());
      return true;
    }
    Instant deadline = Instant.now().plus(timeout);
    Query query = options.query(row.question(), deadline);
    Asked asked = new Asked(row.line(), client.send(query), deadline.plus(Asker.GRACE));
    window.add(asked);
    waiting.put(query.id(), asked);
    return true;
  }

  private void receive(String id, ReceivedAnswer answer) {
    Asked asked = waiting.remove(id);
    if (asked != null) {
      asked.answer = answer;
      statuses.merge(answer.answer().result().status(), 1L, Long::sum);
    }
  }

  private void writeFinished(PrintWriter out) {
    for (Asked asked = window.peek(); asked != null; asked = window.peek()) {
      ReceivedAnswer answer = asked.answer;
      if (answer == null && Instant.now().isBefore(asked.giveUp)) {
        return;
      }
      if (answer == null) {
        unanswered++;
        waiting.values().remove(asked);
        if (statuses.isEmpty()) {
          throw client.explainSilence(asked.sent, queriesGroup);
        }
      }
      out.println(withAnswer(asked.line, answer == null ? "null" : answer.json()));
      window.remove();
      written++;
    }
    if (out.checkError()) {
      throw CommandFailure.failed("cannot write the answers");
    }
  }

  /** Neither the row nor the answer is written anew: every digit stays as it came. */
  static String withAnswer(String row, String answer) {
    return row.substring(0, row.lastIndexOf('}')).stripTrailing() + ",\"answer\":" + answer + "}";
  }

  private String summary() {
    String byStatus =
        statuses.entrySet().stream()
            .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return byStatus + ", without answer " + unanswered + ", bad rows " + badRows;
  }

  private int exitCode() {
    if (unanswered > 0 || statuses.containsKey(AnswerStatus.TIMED_OUT)) {
      return ExitCode.TIMED_OUT;
    }
    boolean failed =
        statuses.keySet().stream().anyMatch(s -> AnswerExit.code(s) == ExitCode.FAILED);
    return failed || badRows > 0 ? ExitCode.FAILED : ExitCode.OK;
  }

  private static final class Asked {
    final String line;
    final RecordMetadata sent;
    final Instant giveUp;
    @Nullable ReceivedAnswer answer;

    Asked(String line, RecordMetadata sent, Instant giveUp) {
      this.line = line;
      this.sent = sent;
      this.giveUp = giveUp;
    }
  }
}
