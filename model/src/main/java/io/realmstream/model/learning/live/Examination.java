package io.realmstream.model.learning.live;

import io.realmstream.model.learning.gate.ExactIndex;
import io.realmstream.model.learning.gate.Gate;
import io.realmstream.model.learning.gate.JudgedQuestion;
import io.realmstream.model.learning.gate.ScoreScaleFit;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what was learned with the version in force: sentences of held-out documents are asked
 * for their documents among all live passages, by exact scores.
 */
public final class Examination {
  /** Sentences that are asked: those of the smallest hashes. */
  static final int QUESTIONS_MAX = 500;

  /** Passages beside the own one that compete for p(z|x) when the scale is fitted. */
  private static final int COMPETITORS = 19;

  private static final int WAITING_SHARE = 10;
  private static final long SEED = 1;

  private final List<LivePassage> passages;
  private final int[] documents;
  private final List<Question> questions = new ArrayList<>();

  /** Passages of held-out documents, and how many of them have no sentences yet. */
  private int heldOut;

  private int waiting;

  /** A sentence, and the document that it is from. */
  private record Question(Hash128 order, String group, int document, float[] query) {}

  /**
   * @param passages that are live, in any order
   */
  public Examination(List<LivePassage> passages) {
    this.passages = passages.stream().sorted(Comparator.comparing(LivePassage::uid)).toList();
    documents = new int[passages.size()];
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < documents.length; i++) {
      LivePassage passage = this.passages.get(i);
      documents[i] = numbers.computeIfAbsent(passage.document(), any -> numbers.size());
      if (passage.isHeldOut()) {
        heldOut++;
        waiting += passage.sentences() == null ? 1 : 0;
        ask(passage, documents[i]);
      }
    }
    questions.sort(Comparator.comparing(Question::order));
    if (questions.size() > QUESTIONS_MAX) {
      questions.subList(QUESTIONS_MAX, questions.size()).clear();
    }
  }

  /**
   * Whether there is enough to compare: sentences of as many held-out documents as the gate wants,
   * and nine of ten held-out passages have theirs.
   */
  public boolean isReady() {
    long groups = questions.stream().map(Question::group).distinct().count();
    return groups >= Gate.GROUPS_MIN && waiting * WAITING_SHARE <= heldOut;
  }

  /** Whether what was learned may take the place of the version in force. */
  public Verdict judge(Projection inForce, Projection learned) {
    ExactIndex before = index(inForce);
    ExactIndex after = index(learned);
    List<JudgedQuestion> judged = new ArrayList<>();
    for (Question question : questions) {
      int rankBefore = before.rank(inForce.query(question.query()), question.document());
      int rankAfter = after.rank(learned.query(question.query()), question.document());
      judged.add(new JudgedQuestion(question.group(), rankBefore, rankAfter));
    }
    return Gate.judge(List.of(new Gate.Asked("sentences", judged)), SEED);
  }

  /**
   * The score scale that fits what was learned best.
   *
   * @throws IllegalStateException without a sentence of a held-out document
   */
  public double scoreScale(Projection learned) {
    ExactIndex index = index(learned);
    ScoreScaleFit fit = new ScoreScaleFit();
    for (Question question : questions) {
      add(index.products(learned.query(question.query())), question.document(), fit);
    }
    return fit.fit();
  }

  private void add(double[] products, int own, ScoreScaleFit to) {
    double gold = Double.NEGATIVE_INFINITY;
    double[] others = new double[products.length];
    for (int i = 0; i < products.length; i++) {
      boolean isOwn = documents[i] == own;
      gold = isOwn ? Math.max(gold, products[i]) : gold;
      others[i] = isOwn ? Double.NEGATIVE_INFINITY : products[i];
    }
    Arrays.sort(others);
    int from = Math.max(0, others.length - COMPETITORS);
    to.add(gold, Arrays.copyOfRange(others, from, others.length));
  }

  private void ask(LivePassage passage, int document) {
    SentenceOutputs sentences = passage.sentences();
    for (int i = 0; sentences != null && i < sentences.count(); i++) {
      if (sentences.has(i)) {
        Hash128 order = Hash128.ofTexts("question", passage.uid() + " " + i);
        questions.add(new Question(order, passage.group(), document, sentences.output(i)));
      }
    }
  }

  private ExactIndex index(Projection projection) {
    return new ExactIndex(
        passages.stream().map(passage -> projection.document(passage.trunk())).toList(), documents);
  }
}
