package io.realmstream.deploy.interleaving;

import io.realmstream.model.document.Passage;
import io.realmstream.model.document.PassageNaming;
import io.realmstream.model.encoder.Embedding;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.Certainty;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.marginal.OpenQaAnswer;
import io.realmstream.model.marginal.PassageEvidence;
import io.realmstream.model.text.PassageText;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.Coverage;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.QuotedPassage;
import io.realmstream.schemas.answer.ReadAnswers;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.Provenance;
import io.realmstream.schemas.query.Normalization;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.Reading;
import io.realmstream.schemas.version.EncoderTower;
import io.realmstream.schemas.version.ReaderPart;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a knowledge base of some documents must answer under a checkpoint: each text split and
 * embedded by itself, every passage scored in a loop, the best sorted out of all of them. Nothing
 * is kept but what a pure function gave for equal arguments.
 */
final class PlainAnswers implements AutoCloseable {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble((Candidate c) -> -c.score()).thenComparing(Candidate::uid);
  private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}+");

  private final PlainModels models;
  private final Map<EditInTower, List<Embedded>> embedded = new HashMap<>();

  private record EditInTower(DocumentEdit edit, EncoderTower tower) {}

  private record Embedded(DocumentEdit edit, Passage passage, float[] vector) {}

  /**
   * What is asked.
   *
   * @param seen an answer, for what index and models do not say: its version, how many cells it
   *     probed, whether the version was complete
   */
  record Question(Query query, RetrieverCheckpoint checkpoint, AnswerResult seen) {}

  /**
   * @param models folder for the files that it opens
   */
  PlainAnswers(Path models) {
    this.models = new PlainModels(models);
  }

  /**
   * The one answer that is right.
   *
   * @param documents the edit in force of each
   */
  AnswerResult answer(Question question, Collection<DocumentEdit> documents) throws Exception {
    Query query = question.query;
    RetrieverCheckpoint checkpoint = question.checkpoint;
    Embedding embedding = models.question(checkpoint.queryTower(), query.text());
    Map<Hash128, Embedded> byUid = new HashMap<>();
    List<Candidate> candidates = new ArrayList<>();
    for (DocumentEdit document : documents) {
      for (Embedded passage : passages(document, checkpoint.documentTower())) {
        byUid.put(passage.passage.uid(), passage);
        double score = score(embedding.vector(), passage.vector, checkpoint);
        candidates.add(candidate(document.title(), passage.passage, score));
      }
    }
    choose(candidates, query.passages() - (query.nullDocument() ? 1 : 0));
    if (query.nullDocument()) {
      float[] empty = models.encoder(checkpoint.documentTower()).embedPassage("", "").vector();
      candidates.add(Candidate.nullDocument(score(embedding.vector(), empty, checkpoint)));
      candidates.sort(BEST_FIRST);
    }
    OpenQaAnswer answer =
        query.kind() == QueryKind.RETRIEVE || candidates.isEmpty()
            ? unread(candidates)
            : read(question, candidates, byUid);
    return result(question, answer, byUid, embedding.truncated());
  }

  /** The vector of each passage, by uid. */
  Map<Hash128, float[]> vectors(RetrieverCheckpoint checkpoint, Collection<DocumentEdit> documents)
      throws Exception {
    Map<Hash128, float[]> vectors = new TreeMap<>();
    for (DocumentEdit document : documents) {
      for (Embedded passage : passages(document, checkpoint.documentTower())) {
        vectors.put(passage.passage.uid(), passage.vector);
      }
    }
    return vectors;
  }

  /**
   * Contents that are equal but for white space count once, as the smallest uid; of the rest the
   * best.
   */
  private static void choose(List<Candidate> candidates, int count) {
    candidates.sort(Comparator.comparing(Candidate::uid));
    Set<Hash128> contents = new HashSet<>();
    candidates.removeIf(candidate -> !contents.add(candidate.contentHash()));
    candidates.sort(BEST_FIRST);
    candidates.subList(Math.min(count, candidates.size()), candidates.size()).clear();
  }

  private List<Embedded> passages(DocumentEdit edit, EncoderTower tower) throws Exception {
    EditInTower key = new EditInTower(edit, tower);
    List<Embedded> known = embedded.get(key);
    if (known == null) {
      known = embed(edit, tower);
      embedded.put(key, known);
    }
    return known;
  }

  private List<Embedded> embed(DocumentEdit edit, EncoderTower tower) throws Exception {
    if (edit.kind().deletes()) {
      return List.of();
    }
    Encoder encoder = models.encoder(tower);
    List<PassageText> texts = new ArrayList<>();
    if (edit.split()) {
      texts.addAll(encoder.splitter().split(edit.title(), edit.text()));
    } else if (!edit.text().isBlank()) {
      texts.add(new PassageText(edit.text(), 0, edit.text().length()));
    }
    PassageNaming naming = PassageNaming.of(edit.id(), tower, edit.title());
    Map<Hash128, Embedded> first = new LinkedHashMap<>();
    for (PassageText text : texts) {
      Passage passage = naming.name(text.text(), text.start(), text.end());
      float[] vector = encoder.embedPassage(edit.title(), text.text()).vector();
      first.putIfAbsent(passage.uid(), new Embedded(edit, passage, vector));
    }
    return List.copyOf(first.values());
  }

  private static double score(float[] q, float[] e, RetrieverCheckpoint checkpoint) {
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += (double) q[i] * e[i];
    }
    return checkpoint.scoreScale() * sum;
  }

  private static Candidate candidate(String title, Passage passage, double score) {
    Hash128 content = Hash128.ofTexts(collapsed(title), collapsed(passage.text()));
    return new Candidate(passage.uid(), content, score, passage.text(), null);
  }

  /** As the tokenizer of {@link TinyLanguage} sees it: any white space parts words. */
  static String collapsed(String text) {
    return String.join(" ", WHITE_SPACE.splitAsStream(text).filter(w -> !w.isEmpty()).toList());
  }

  private static OpenQaAnswer unread(List<Candidate> ranked) {
    double max = ranked.stream().mapToDouble(Candidate::score).max().orElse(0);
    double sum = 0;
    for (Candidate candidate : ranked) {
      sum += Math.exp(candidate.score() - max);
    }
    List<PassageEvidence> evidence = new ArrayList<>();
    for (Candidate candidate : ranked) {
      double log = candidate.score() - (max + Math.log(sum));
      double probability = Math.exp(Math.min(0, log));
      evidence.add(new PassageEvidence(evidence.size() + 1, candidate, probability, null, 0, 0, 0));
    }
    AnswerStatus status = ranked.isEmpty() ? AnswerStatus.NO_CANDIDATES : AnswerStatus.ANSWERED;
    return new OpenQaAnswer(status, null, null, List.of(), 0, 0, 0, evidence);
  }

  private OpenQaAnswer read(Question question, List<Candidate> ranked, Map<Hash128, Embedded> byUid)
      throws Exception {
    Query query = question.query;
    ReaderPart reader = question.checkpoint.reader();
    List<Integer> places = new ArrayList<>();
    for (int z = 0; z < ranked.size(); z++) {
      Integer limit = query.scope().readPassages();
      if (!ranked.get(z).isNullDocument() && (limit == null || places.size() < limit)) {
        places.add(z);
      }
    }
    boolean early =
        query.options().reading() == Reading.CERTAIN
            && query.options().normalization() == Normalization.PAPER;
    Certainty certainty = new Certainty(ranked, places, query.options());
    List<Candidate> read = new ArrayList<>(ranked);
    Set<Integer> unread = new HashSet<>(places);
    for (int z : places) {
      if (early && certainty.isCertain() && fits(query, certainty)) {
        break;
      }
      Candidate candidate = ranked.get(z);
      String title = Objects.requireNonNull(byUid.get(candidate.uid())).edit.title();
      var reading =
          models.read(new PlainModels.Reading(reader, query.text(), title, candidate.body()));
      certainty.add(reading);
      read.set(z, candidate.read(reading));
      unread.remove(z);
    }
    return OpenQa.answer(read, unread, query.options());
  }

  private static boolean fits(Query query, Certainty certainty) {
    Double max = query.options().unreadMassMax();
    return max == null || certainty.unreadMass() <= max;
  }

  private static AnswerResult result(
      Question question,
      OpenQaAnswer answer,
      Map<Hash128, Embedded> byUid,
      boolean questionTruncated) {
    Query query = question.query;
    AnswerResult seen = question.seen;
    boolean truncated = questionTruncated;
    boolean read = query.kind() != QueryKind.RETRIEVE && !answer.passages().isEmpty();
    List<Evidence> evidence = new ArrayList<>();
    for (PassageEvidence passage : answer.passages()) {
      var reading = passage.candidate().reading();
      truncated |= reading != null && reading.truncated();
      evidence.add(evidence(passage, byUid.get(passage.candidate().uid()), read));
    }
    return new AnswerResult(
        answer.status(),
        null,
        new AnswerMode(
            query.kind(),
            read ? query.options().normalization() : null,
            read ? query.options().decoding() : null),
        new ReadAnswers(
            answer.answer(),
            answer.withheld(),
            null,
            answer.runnersUp(),
            read ? answer.noAnswerMass() : null,
            read ? answer.unreadMass() : null,
            null,
            null),
        evidence,
        seen.version(),
        new Coverage(
            true, seen.coverage().cellsProbed(), false, seen.coverage().complete(), truncated));
  }

  private static Evidence evidence(PassageEvidence z, @Nullable Embedded of, boolean read) {
    return new Evidence(
        z.rank(),
        of == null ? "" : of.passage.uid().toString(),
        new QuotedPassage(
            of == null ? "" : of.edit.id(),
            of == null ? "" : of.edit.title(),
            of == null ? "" : of.passage.text(),
            of == null ? 0 : Objects.requireNonNull(of.edit.revision()),
            of == null ? null : of.edit.eventTime(),
            of == null ? 0 : of.passage.start(),
            of == null ? 0 : of.passage.end(),
            of == null ? Provenance.NONE : of.edit.provenance()),
        z.candidate().score(),
        z.probability(),
        read && of != null && z.candidate().reading() == null ? ReadSpan.UNREAD : read(z));
  }

  private static ReadSpan read(PassageEvidence z) {
    return z.span() == null
        ? ReadSpan.NONE
        : new ReadSpan(z.span(), z.answerProbability(), z.posterior());
  }

  @Override
  public void close() {
    models.close();
  }
}
