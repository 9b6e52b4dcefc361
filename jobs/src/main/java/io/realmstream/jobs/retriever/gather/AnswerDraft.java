package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.retriever.query.Answers;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.marginal.OpenQaAnswer;
import io.realmstream.model.marginal.PassageEvidence;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer in the making: what was retrieved for a query, and how it turns into records. */
public final class AnswerDraft {
  private final RetrievedQuery retrieved;
  private final Map<Hash128, FoundPassage> passages = new HashMap<>();

  public AnswerDraft(RetrievedQuery retrieved) {
    this.retrieved = retrieved;
    for (RankedPassage ranked : retrieved.passages()) {
      passages.put(ranked.passage().uid(), ranked.passage());
    }
  }

  public StampedQuery stamped() {
    return retrieved.query().stamped();
  }

  public Query query() {
    return stamped().query();
  }

  public long deadlineMs() {
    return stamped().request().deadlineMs();
  }

  /** Title of a retrieved passage. */
  public String title(Hash128 uid) {
    FoundPassage passage = passages.get(uid);
    return passage == null ? "" : passage.quoted().title();
  }

  /** Why the passages have no order, if so: a score that is no finite number. Null = they have. */
  public @Nullable String unranked() {
    double scale = stamped().checkpoint().scoreScale();
    for (RankedPassage ranked : retrieved.passages()) {
      if (!Double.isFinite(ranked.score())) {
        return "score of passage %s: must be finite (is %s; scoreScale is %s)"
            .formatted(ranked.passage().uid(), ranked.score(), scale);
      }
    }
    Double score = retrieved.query().nullScore();
    return score == null || Double.isFinite(scale * score)
        ? null
        : "score of the null document: must be finite (is %s; scoreScale is %s)"
            .formatted(scale * score, scale);
  }

  /** The candidate set C(x) by rank (spec rule S1), unread; not of what is {@link #unranked}. */
  public List<Candidate> candidates() {
    List<Candidate> fetched = new ArrayList<>();
    for (RankedPassage ranked : retrieved.passages()) {
      FoundPassage passage = ranked.passage();
      fetched.add(
          new Candidate(
              passage.uid(), seen(passage), ranked.score(), passage.quoted().text(), null));
    }
    String origin = query().options().origin();
    return CandidateSet.select(
        fetched, query().passages(), nullDocument(), origin == null ? null : Hash128.parse(origin));
  }

  /** What the models see of a passage: two that they cannot tell apart are one candidate. */
  private Hash128 seen(FoundPassage passage) {
    WhiteSpace white = stamped().whiteSpace();
    return white.characters().isEmpty()
        ? passage.contentHash()
        : Hash128.ofTexts(
            white.collapse(passage.quoted().title()), white.collapse(passage.quoted().text()));
  }

  /** The answer to a query that only retrieves, or that found nothing. */
  public OutboundRecord retrieved(List<Candidate> candidates) {
    double[] logs = CandidateSet.logProbabilities(candidates);
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < logs.length; i++) {
      double probability = Math.exp(Math.min(0, logs[i]));
      evidence.add(
          evidence(new PassageEvidence(i + 1, candidates.get(i), probability, null, 0, 0, 0)));
    }
    AnswerStatus status = candidates.isEmpty() ? AnswerStatus.NO_CANDIDATES : AnswerStatus.ANSWERED;
    Outcome outcome = new Outcome(status, null, List.of(), null, retrieved.query().truncated());
    return record(result(outcome, null, evidence), 0);
  }

  /** The answer that was read from the candidates. */
  public OutboundRecord answered(OpenQaAnswer answer, long readMicros) {
    boolean truncated = retrieved.query().truncated();
    for (PassageEvidence passage : answer.passages()) {
      var reading = passage.candidate().reading();
      truncated |= reading != null && reading.truncated();
    }
    Outcome outcome =
        new Outcome(
            answer.status(), answer.answer(), answer.runnersUp(), answer.noAnswerMass(), truncated);
    List<Evidence> evidence = answer.passages().stream().map(this::evidence).toList();
    return record(result(outcome, query().options().normalization(), evidence), readMicros);
  }

  public OutboundRecord late(String moment) {
    return without(AnswerStatus.TIMED_OUT, Answers.late(query(), moment));
  }

  /** An answer without one. */
  public OutboundRecord without(AnswerStatus status, String reason) {
    return record(AnswerResult.without(status, reason, query().kind()), 0);
  }

  private record Outcome(
      AnswerStatus status,
      @Nullable AnswerCandidate answer,
      List<AnswerCandidate> runnersUp,
      @Nullable Double noAnswerMass,
      boolean truncated) {}

  private @Nullable Candidate nullDocument() {
    Double score = retrieved.query().nullScore();
    return score == null
        ? null
        : Candidate.nullDocument(stamped().checkpoint().scoreScale() * score);
  }

  private AnswerResult result(
      Outcome outcome, @Nullable Normalization normalization, List<Evidence> evidence) {
    return new AnswerResult(
        outcome.status(),
        null,
        new AnswerMode(
            query().kind(),
            normalization,
            normalization == null ? null : query().options().decoding()),
        new ReadAnswers(outcome.answer(), outcome.runnersUp(), outcome.noAnswerMass()),
        evidence,
        stamped().version(),
        new Coverage(
            retrieved.exact() && !retrieved.partial(),
            retrieved.tally().cells(),
            retrieved.partial(),
            stamped().complete(),
            outcome.truncated()));
  }

  private Evidence evidence(PassageEvidence z) {
    Candidate candidate = z.candidate();
    FoundPassage passage = passages.get(candidate.uid());
    boolean has = z.span() != null;
    Double answerProbability = has ? Double.valueOf(z.answerProbability()) : null;
    Double posterior = has ? Double.valueOf(z.posterior()) : null;
    if (passage == null) { // the null document
      return new Evidence(
          z.rank(),
          "",
          new QuotedPassage("", "", "", 0, null, 0, 0),
          candidate.score(),
          z.probability(),
          ReadSpan.NONE);
    }
    return new Evidence(
        z.rank(),
        candidate.uid().toString(),
        passage.quoted(),
        candidate.score(),
        z.probability(),
        new ReadSpan(z.span(), answerProbability, posterior));
  }

  private OutboundRecord record(AnswerResult result, long readMicros) {
    Map<String, Double> stagesMs = new TreeMap<>();
    stagesMs.put("embed", retrieved.query().embedMicros() / 1000.0);
    stagesMs.put("stampToRetrieved", (double) (retrieved.retrievedMs() - stamped().stampedMs()));
    if (query().kind() != QueryKind.RETRIEVE) {
      stagesMs.put("read", readMicros / 1000.0);
    }
    AnswerRun run =
        new AnswerRun(
            stagesMs,
            retrieved.tally().scanned(),
            retrieved.tally().reScored(),
            retrieved.dropped(),
            retrieved.indexedThrough());
    return Answers.record(new Answer(query().id(), result, run), stamped().request().headers());
  }
}
