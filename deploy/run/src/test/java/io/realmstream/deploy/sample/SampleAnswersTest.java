package io.realmstream.deploy.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.sample.SampleKnowledgeBase.EditQuestion;
import io.realmstream.deploy.sample.SampleKnowledgeBase.Question;
import io.realmstream.model.checkpoint.DefaultCheckpoints;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.document.Passage;
import io.realmstream.model.document.PassageNaming;
import io.realmstream.model.encoder.Encoder;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.model.index.vector.InnerProduct;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.CandidateSet;
import io.realmstream.model.marginal.OpenQa;
import io.realmstream.model.marginal.OpenQaAnswer;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The models answer what the sample asks, over a plain loop instead of the jobs: here the fast
 * encoder a third of the questions, with {@code -Drealm.sample.model=e5} the default one all.
 */
class SampleAnswersTest {
  private static final String MODEL = System.getProperty("realm.sample.model", "");

  private static final RetrieverCheckpoint CHECKPOINT =
      DefaultCheckpoints.named(MODEL.isEmpty() ? "minilm" : MODEL);

  /** Every how manieth question is asked. */
  private static final int STEP = MODEL.isEmpty() ? 3 : 1;

  /** Passages read for a question, as the jobs do by default. */
  private static final int K = 5;

  @TempDir private static Path models = Path.of("unset");

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Encoder documents;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Encoder queries;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SpanReader reader;

  private record Embedded(String title, Passage passage, float[] vector) {}

  @BeforeAll
  static void open() throws Exception {
    PartCache parts =
        new PartCache(models, PartOpener.local(SampleAnswersTest.class.getClassLoader()));
    documents = Encoder.open(CHECKPOINT.documentTower(), parts);
    queries = Encoder.open(CHECKPOINT.queryTower(), parts);
    reader = SpanReader.open(CHECKPOINT.reader(), parts);
  }

  @AfterAll
  static void close() {
    documents.close();
    queries.close();
    reader.close();
  }

  @Test
  void everyQuestionIsAnsweredRightAndEveryEditChangesItsAnswer() throws Exception {
    List<Embedded> before = embed(SampleKnowledgeBase.documents());
    List<String> wrong = new ArrayList<>();
    List<Embedded> after = edited(before);
    for (Question question : everyStep(SampleKnowledgeBase.questions())) {
      check(before, question.question(), question.answers(), wrong);
    }
    for (EditQuestion question : everyStep(SampleKnowledgeBase.editQuestions())) {
      check(before, question.question(), question.before(), wrong);
      check(after, question.question(), question.after(), wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private static <T> List<T> everyStep(List<T> all) {
    return IntStream.range(0, all.size()).filter(i -> i % STEP == 0).mapToObj(all::get).toList();
  }

  private static void check(
      List<Embedded> passages, String question, List<String> answers, List<String> wrong)
      throws Exception {
    OpenQaAnswer answer = answer(passages, question);
    String text = answer.answer() == null ? null : answer.answer().text();
    if (!ExactMatch.matches(text, answers)) {
      wrong.add(question + " " + text + " instead of " + answers);
    }
  }

  private static OpenQaAnswer answer(List<Embedded> passages, String question) throws Exception {
    float[] vector = queries.embedQuery(question).vector();
    List<Candidate> all = new ArrayList<>();
    Map<Hash128, String> titles = new HashMap<>();
    for (Embedded embedded : passages) {
      Passage passage = embedded.passage();
      double score = CHECKPOINT.scoreScale() * InnerProduct.of(vector, embedded.vector());
      all.add(new Candidate(passage.uid(), passage.contentHash(), score, passage.text(), null));
      titles.put(passage.uid(), embedded.title());
    }
    List<Candidate> read = new ArrayList<>();
    for (Candidate candidate : CandidateSet.select(all, K, null, null)) {
      String title = titles.getOrDefault(candidate.uid(), "");
      read.add(candidate.read(reader.read(question, title, candidate.body())));
    }
    return OpenQa.answer(read, QueryOptions.DEFAULT);
  }

  /** What is left of the articles that are not edited, and the edits. */
  private static List<Embedded> edited(List<Embedded> before) throws Exception {
    List<DocumentEdit> edits = SampleKnowledgeBase.edits();
    List<String> titles = edits.stream().map(DocumentEdit::title).toList();
    List<Embedded> after = new ArrayList<>(before);
    after.removeIf(embedded -> titles.contains(embedded.title()));
    after.addAll(embed(edits));
    return after;
  }

  private static List<Embedded> embed(List<DocumentEdit> edits) throws Exception {
    List<Embedded> all = new ArrayList<>();
    for (DocumentEdit edit : edits) {
      PassageNaming naming = PassageNaming.of(edit.id(), CHECKPOINT.documentTower(), edit.title());
      for (var text : documents.splitter().split(edit.title(), edit.text())) {
        Passage passage = naming.name(text.text(), text.start(), text.end());
        float[] vector = documents.embedPassage(edit.title(), passage.text()).vector();
        all.add(new Embedded(edit.title(), passage, vector));
      }
    }
    return all;
  }
}
