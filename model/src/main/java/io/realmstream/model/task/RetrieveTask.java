package io.realmstream.model.task;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.query.QueryKind;
import java.util.ArrayList;
import java.util.List;

/** Answers with the candidates themselves; nothing is read. */
final class RetrieveTask implements AnswerTask<Void> {
  @Override
  public List<Integer> placesToRead(List<Candidate> candidates) {
    return List.of();
  }

  @Override
  public Void read(Candidate candidate, String title) {
    throw new UnsupportedOperationException("RETRIEVE reads nothing");
  }

  @Override
  public TaskAnswer answer(List<Candidate> candidates, List<Void> readings) {
    double[] logs = CandidateSet.logProbabilities(candidates);
    List<TaskAnswer.Evidence> evidence = new ArrayList<>();
    for (int z = 0; z < logs.length; z++) {
      double probability = Math.exp(Math.min(0, logs[z]));
      evidence.add(new TaskAnswer.Evidence(z + 1, candidates.get(z), probability, ReadSpan.NONE));
    }
    AnswerMode mode = new AnswerMode(QueryKind.RETRIEVE, null, null);
    return new TaskAnswer(AnswerStatus.ANSWERED, mode, ReadAnswers.NONE, evidence, false);
  }
}
