package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.client.AnswerClient;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.client.EditSender;
import io.realmstream.deploy.client.ReceivedAnswer;
import io.realmstream.deploy.client.StatusWatch;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** A knowledge base that nobody else uses: edits that are waited for, and answers to questions. */
final class ScratchRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int IN_FLIGHT = 4;

  private final AnswerClient client;
  private final StatusWatch watch;
  private final EditSender<String> sender;
  private int failed;

  ScratchRun(Connection connection) {
    client = AnswerClient.open(connection);
    watch =
        StatusWatch.open(
            connection, (outcome, status) -> failed += outcome == Outcome.FAILED ? 1 : 0);
    sender = new EditSender<>(connection, watch.outstanding());
  }

  /**
   * Sends edits and returns when answers rest on them.
   *
   * @param progress told how many are done
   * @throws CommandFailure when one fails, or nothing happens for long
   */
  void edit(List<DocumentEdit> edits, IntConsumer progress) {
    edits.forEach(edit -> sender.send(edit.id(), edit, Codecs.DOCUMENT_EDIT.encode(edit)));
    sender.flush();
    watch.await(
        0,
        () -> {
          progress.accept(edits.size() - watch.outstanding().count());
          return watch.quiet().compareTo(PATIENCE) < 0;
        });
    if (failed > 0 || watch.outstanding().count() > 0) {
      throw CommandFailure.failed(
          "of %d edits %d failed and %d have no end"
              .formatted(edits.size(), failed, watch.outstanding().count()));
    }
  }

  /**
   * Asks questions, some at a time.
   *
   * @param progress told how many are answered
   * @return their results, in their order
   * @throws CommandFailure when one gets no answer in time, or fails
   */
  List<AnswerResult> ask(List<Query> queries, IntConsumer progress) {
    Map<String, AnswerResult> results = new HashMap<>();
    int sent = 0;
    Instant lastAnswer = Instant.now();
    while (results.size() < queries.size()) {
      while (sent < queries.size() && sent - results.size() < IN_FLIGHT) {
        client.send(queries.get(sent++));
      }
      for (ReceivedAnswer answer : client.poll(Duration.ofMillis(50)).values()) {
        results.put(answer.answer().id(), judgement(answer.answer().result()));
        lastAnswer = Instant.now();
        progress.accept(results.size());
      }
      if (lastAnswer.plus(PATIENCE).isBefore(Instant.now())) {
        throw CommandFailure.failed(
            "a question got no answer for " + PATIENCE.toMinutes() + " minutes");
      }
    }
    List<AnswerResult> inOrder = new ArrayList<>();
    queries.forEach(query -> inOrder.add(results.get(query.id())));
    return inOrder;
  }

  /**
   * The result, if it says something of the passages.
   *
   * @throws CommandFailure for any other, which would count as silence
   */
  static AnswerResult judgement(AnswerResult result) {
    return switch (result.status()) {
      case ANSWERED, NO_ANSWER, NO_CANDIDATES -> result;
      default ->
          throw CommandFailure.failed(
              "a question ended %s: %s".formatted(result.status(), result.reason()));
    };
  }

  @Override
  public void close() {
    sender.close();
    watch.close();
    client.close();
  }
}
