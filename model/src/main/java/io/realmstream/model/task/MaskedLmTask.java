package io.realmstream.model.task;

import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.ReferenceMarginal;
import io.realmstream.model.masked.InvalidQuestionException;
import io.realmstream.model.masked.MaskCertainty;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedAnswer;
import io.realmstream.model.masked.MaskedLm;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts the words behind the masks of a sentence, by {@link MaskedLm}. Candidates that cannot
 * change the word of a single mask are left unread.
 */
final class MaskedLmTask implements AnswerTask<MaskReading> {
  private final MaskedReader reader;
  private final Query query;
  private final MaskedQuestion question;
  private final @Nullable List<List<Integer>> references;

  /**
   * @throws InvalidQuestionException when the reader cannot read every mask, or a reference has
   *     another number of tokens
   */
  MaskedLmTask(MaskedReader reader, Query query) {
    this.reader = reader;
    this.query = query;
    this.question = reader.question(query.text());
    List<String> texts = query.options().references();
    this.references =
        texts == null
            ? null
            : texts.stream().map(words -> reader.reference(words, question)).toList();
  }

  /**
   * All, the null document first: it is the question alone, which takes little time, and the
   * retrieval utility of each passage needs it.
   */
  @Override
  public List<Integer> placesToRead(List<Candidate> candidates) {
    return IntStream.range(0, candidates.size())
        .boxed()
        .sorted(Comparator.comparing(z -> !candidates.get(z).isNullDocument()))
        .toList();
  }

  @Override
  public MaskReading read(Candidate candidate, String title) throws ReadingException {
    return candidate.isNullDocument()
        ? reader.read(question)
        : reader.read(question, title, candidate.body());
  }

  /**
   * Null with several masks, since each candidate proposes sequences of words, and with references,
   * since any candidate may hold one.
   */
  @Override
  public @Nullable Predicate<MaskReading> certainty(List<Candidate> candidates) {
    QueryOptions options = query.options();
    if (options.reading() == Reading.ALL || question.masks().length > 1 || references != null) {
      return null;
    }
    double unreadMassMax = Objects.requireNonNullElse(options.unreadMassMax(), 1.0);
    return new MaskCertainty(candidates, placesToRead(candidates), unreadMassMax);
  }

  @Override
  public TaskAnswer answer(List<Candidate> candidates, List<MaskReading> used) {
    List<Integer> places = placesToRead(candidates);
    List<MaskReading> readings =
        new ArrayList<>(Collections.nCopies(places.size(), MaskReading.UNREAD));
    for (int i = 0; i < used.size(); i++) {
      readings.set(places.get(i), used.get(i));
    }
    MaskedAnswer answer = MaskedLm.answer(candidates, readings, 1 + query.options().runnersUp());
    ReferenceMarginal marginal =
        references == null ? null : MaskedLm.references(candidates, readings, references);
    List<AnswerCandidate> sequences = texts(answer.sequences());
    List<MaskWords> masks = answer.masks().stream().map(this::texts).map(MaskWords::new).toList();
    return new TaskAnswer(
        AnswerStatus.ANSWERED,
        new AnswerMode(QueryKind.MASKED_LM, null, Decoding.MARGINAL),
        new ReadAnswers(
            sequences.get(0),
            null,
            null,
            sequences.subList(1, sequences.size()),
            null,
            answer.unreadMass(),
            masks,
            marginal == null ? null : marginal.score()),
        answer.evidence().stream()
            .map(z -> evidence(z, readings.get(z.rank() - 1), marginal))
            .toList(),
        used.stream().anyMatch(MaskReading::truncated));
  }

  private List<AnswerCandidate> texts(List<MaskedAnswer.Tokens> tokens) {
    return tokens.stream()
        .map(t -> new AnswerCandidate(reader.text(t.ids()), t.probability()))
        .toList();
  }

  private static TaskAnswer.Evidence evidence(
      MaskedAnswer.Evidence z, MaskReading reading, @Nullable ReferenceMarginal marginal) {
    if (reading.isUnread()) {
      return new TaskAnswer.Evidence(z.rank(), z.candidate(), z.probability(), ReadSpan.UNREAD);
    }
    ReferenceScore reference = marginal == null ? null : marginal.passages().get(z.rank() - 1);
    ReadSpan read =
        new ReadSpan(
            null, z.answerProbability(), z.posterior(), z.retrievalUtility(), null, reference);
    return new TaskAnswer.Evidence(z.rank(), z.candidate(), z.probability(), read);
  }
}
