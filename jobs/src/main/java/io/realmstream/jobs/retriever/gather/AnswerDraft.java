package io.realmstream.jobs.retriever.gather;

import io.realmstream.jobs.RecordHeader;
import io.realmstream.jobs.retriever.query.Answers;
import io.realmstream.jobs.retriever.query.StampedQuery;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.serving.revision.FoundPassage;
import io.realmstream.model.task.TaskAnswer;
import io.realmstream.model.text.WhiteSpace;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerRun;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer in the making: what was retrieved for a query, and how it turns into an answer. */
public final class AnswerDraft {
  /** What the null document quotes. */
  private static final QuotedPassage NO_PASSAGE =
      new QuotedPassage("", "", "", 0, null, 0, 0, Provenance.NONE);

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

  /** What the answer's record carries on. */
  public List<RecordHeader> headers() {
    return stamped().request().headers();
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
    String origin = query().options().competition().origin();
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

  /**
   * The answer that its task made.
   *
   * @param readingsDiscarded passages that were read, or begun, and that it does not rest on
   */
  public Answer answered(TaskAnswer answer, long readMicros, int readingsDiscarded) {
    AnswerResult result =
        new AnswerResult(
            answer.status(),
            null,
            answer.mode(),
            answer.read(),
            answer.evidence().stream().map(this::evidence).toList(),
            stamped().version(),
            new Coverage(
                retrieved.exact() && !retrieved.partial(),
                retrieved.tally().cells(),
                retrieved.partial(),
                stamped().complete(),
                retrieved.query().truncated() || answer.truncated()));
    return draft(result, readMicros, readingsDiscarded);
  }

  public Answer late(String moment) {
    return without(AnswerStatus.TIMED_OUT, Answers.late(query(), moment));
  }

  /** An answer without one. */
  public Answer without(AnswerStatus status, String reason) {
    return draft(AnswerResult.without(status, reason, query().kind()), 0, 0);
  }

  private @Nullable Candidate nullDocument() {
    Double score = retrieved.query().nullScore();
    return score == null
        ? null
        : Candidate.nullDocument(stamped().checkpoint().scoreScale() * score);
  }

  private Evidence evidence(TaskAnswer.Evidence z) {
    Candidate candidate = z.candidate();
    FoundPassage passage = passages.get(candidate.uid());
    return new Evidence(
        z.rank(),
        passage == null ? "" : candidate.uid().toString(),
        passage == null ? NO_PASSAGE : passage.quoted(),
        candidate.score(),
        z.probability(),
        z.read());
  }

  private Answer draft(AnswerResult result, long readMicros, int readingsDiscarded) {
    Map<String, Double> stagesMs = new TreeMap<>();
    stagesMs.put("embed", retrieved.query().embedMicros() / 1000.0);
    stagesMs.put("stampToRetrieved", (double) (retrieved.retrievedMs() - stamped().stampedMs()));
    if (query().kind().reads()) {
      stagesMs.put("read", readMicros / 1000.0);
    }
    AnswerRun run =
        new AnswerRun(
            stagesMs,
            retrieved.tally().scanned(),
            retrieved.tally().reScored(),
            retrieved.dropped(),
            readingsDiscarded,
            retrieved.indexedThrough());
    return new Answer(query().id(), result, run);
  }
}
