package io.realmstream.deploy.bench.faults;

import io.realmstream.deploy.bench.faults.History.View;
import io.realmstream.deploy.bench.faults.Ledger.Question;
import io.realmstream.deploy.bench.faults.Ledger.Received;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.query.QueryScope;
import java.util.ArrayList;
import java.util.List;

/** Says what is wrong after a round: in its answers, and in the index that it leaves. */
final class Oracle {
  /** Questions at the end that list as many passages as a question may ask for. */
  private static final int LISTINGS = 20;

  /** Words of each of them: other ones every time. */
  private static final int WORDS = 12;

  /** For a document that was edited; one that must not be found would be the best. */
  private static final int BEST = 5;

  private final History history;
  private final PlainJudge judge;

  Oracle(History history, PlainJudge judge) {
    this.history = history;
    this.judge = judge;
  }

  /** What is wrong with the answers of a round, a line each. */
  List<String> judge(Ledger ledger) {
    List<String> wrong = new ArrayList<>();
    for (Question question : ledger.questions()) {
      for (Received each : question.answers()) {
        String id = each.answer().id();
        View view = View.of(each.answer(), each.editsSent());
        String fault = judge.fault(question.query(), each.answer(), view);
        if (fault != null) {
          wrong.add(id + ": " + fault);
        }
        AnswerResult first = question.answers().get(0).answer().result();
        if (Ledger.contradict(first, each.answer().result())) {
          wrong.add("%s: %s, and another time %s".formatted(id, first, each.answer().result()));
        }
      }
    }
    return wrong;
  }

  /**
   * Asks at rest: for passages near random words, and for each document of a round by its own text.
   *
   * @param witness whose ledger is a new one
   * @param edited ids of documents
   */
  void ask(Witness witness, Iterable<String> edited) {
    for (int i = 0; i < LISTINGS; i++) {
      witness.ask(history.words(WORDS), QueryScope.K_MAX);
    }
    for (String id : edited) {
      DocumentEdit text = history.newestText(id);
      witness.ask(text.text(), BEST);
    }
  }

  /** What is wrong with the answers to those: every document must be as it is now. */
  List<String> judgeAtRest(Ledger ledger) {
    List<String> wrong = new ArrayList<>();
    for (Question question : ledger.questions()) {
      for (Received each : question.answers()) {
        AnswerResult result = each.answer().result();
        String id = each.answer().id();
        String fault = judge.fault(question.query(), each.answer(), history.settled());
        if (fault != null) {
          wrong.add("at rest %s: %s".formatted(id, fault));
        } else if (!result.coverage().exact()
            || result.status() != AnswerStatus.ANSWERED
            || !result.coverage().complete()) {
          wrong.add("at rest %s: %s %s".formatted(id, result.status(), result.coverage()));
        }
      }
    }
    return wrong;
  }
}
