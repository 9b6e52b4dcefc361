package io.realmstream.model.task;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.Certainty;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.marginal.OpenQaAnswer;
import io.realmstream.model.marginal.PassageEvidence;
import io.realmstream.model.marginal.ReferenceMarginal;
import io.realmstream.model.reader.PassageReading;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import io.realmstream.schemas.version.Calibration;
import io.realmstream.schemas.version.ConfidenceCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers with a span of a passage, by {@link OpenQa}. */
final class OpenQaTask implements AnswerTask<PassageReading> {
  private final SpanReader reader;
  private final Calibration calibration;
  private final Query query;
  private final QueryOptions options;

  /**
   * @param calibration of the checkpoint; a threshold that the query names overrides it
   */
  OpenQaTask(SpanReader reader, Calibration calibration, Query query) {
    this.reader = reader;
    this.calibration = calibration;
    this.query = query;
    QueryOptions asked = query.options();
    this.options = asked.with(asked.thresholds().or(calibration.thresholds()));
  }

  /** The best passages, as many as the query lets be read; the null document holds no span. */
  @Override
  public List<Integer> placesToRead(List<Candidate> candidates) {
    Integer limit = query.scope().readPassages();
    List<Integer> places = new ArrayList<>();
    for (int z = 0; z < candidates.size() && (limit == null || places.size() < limit); z++) {
      if (!candidates.get(z).isNullDocument()) {
        places.add(z);
      }
    }
    return places;
  }

  @Override
  public PassageReading read(Candidate candidate, String title) throws ReadingException {
    return reader.read(query.text(), title, candidate.body()).at(calibration.readerTemperature());
  }

  /**
   * In JOINT a passage counts for the spans of every other, and any passage may hold a reference:
   * then all readings count.
   */
  @Override
  public @Nullable Predicate<PassageReading> certainty(List<Candidate> candidates) {
    if (options.reading() == Reading.ALL
        || options.normalization() == Normalization.JOINT
        || options.references() != null) {
      return null;
    }
    Certainty certainty = new Certainty(candidates, placesToRead(candidates), options);
    double unreadMassMax = Objects.requireNonNullElse(options.unreadMassMax(), 1.0);
    return reading -> {
      certainty.add(reading);
      return certainty.isCertain() && certainty.unreadMass() <= unreadMassMax;
    };
  }

  @Override
  public TaskAnswer answer(List<Candidate> candidates, List<PassageReading> readings) {
    List<Integer> places = placesToRead(candidates);
    List<Candidate> read = new ArrayList<>(candidates);
    for (int i = 0; i < readings.size(); i++) {
      int z = places.get(i);
      read.set(z, candidates.get(z).read(readings.get(i)));
    }
    Set<Integer> unread = Set.copyOf(places.subList(readings.size(), places.size()));
    OpenQaAnswer answer = OpenQa.answer(read, unread, options);
    ReferenceMarginal marginal =
        options.references() == null
            ? null
            : OpenQa.references(read, options.normalization(), options.references());
    return new TaskAnswer(
        answer.status(),
        new AnswerMode(QueryKind.OPEN_QA, options.normalization(), options.decoding()),
        new ReadAnswers(
            answer.answer(),
            answer.withheld(),
            confidence(answer),
            answer.runnersUp(),
            answer.noAnswerMass(),
            answer.unreadMass(),
            null,
            marginal == null ? null : marginal.score()),
        answer.passages().stream().map(z -> evidence(z, marginal)).toList(),
        readings.stream().anyMatch(PassageReading::truncated));
  }

  /** The curve was fitted to what PAPER and MARGINAL say. */
  private @Nullable Double confidence(OpenQaAnswer answer) {
    AnswerCandidate best = answer.answer() == null ? answer.withheld() : answer.answer();
    ConfidenceCurve curve = calibration.confidence();
    boolean fits =
        options.normalization() == Normalization.PAPER && options.decoding() == Decoding.MARGINAL;
    return best == null || curve == null || !fits
        ? null
        : curve.at(best.probability(), answer.noAnswerMass());
  }

  private static TaskAnswer.Evidence evidence(
      PassageEvidence z, @Nullable ReferenceMarginal marginal) {
    ReferenceScore reference = marginal == null ? null : marginal.passages().get(z.rank() - 1);
    return new TaskAnswer.Evidence(
        z.rank(), z.candidate(), z.probability(), read(z).with(reference));
  }

  private static ReadSpan read(PassageEvidence z) {
    if (z.span() != null) {
      return new ReadSpan(z.span(), z.answerProbability(), z.posterior());
    }
    boolean unread = z.candidate().reading() == null && !z.candidate().isNullDocument();
    return unread ? ReadSpan.UNREAD : ReadSpan.NONE;
  }
}
