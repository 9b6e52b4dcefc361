package io.realmstream.model.learning.live;

import io.realmstream.model.learning.feedback.AskedQuestion;
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
 * Compares what was learned with the version in force: sentences of held-out documents, and
 * feedback on them, are asked for their documents among all live passages, by exact scores.
 */
public final class Examination {
  /** Sentences that are asked, and feedback: those of the smallest hashes. */
  static final int QUESTIONS_MAX = 500;

  /** Passages beside the own one that compete for p(z|x) when the scale is fitted. */
  private static final int COMPETITORS = 19;

  private static final int WAITING_SHARE = 10;
  private static final long SEED = 1;

  private final List<LivePassage> passages;
  private final int[] documents;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Question> sentences = new ArrayList<>();
  private final List<Question> feedback = new ArrayList<>();

  /** Passages of held-out documents, and how many of them have no sentences yet. */
  private int heldOut;

  private int waiting;

  /**
   * A question, and the documents that are accepted.
   *
   * @param group of the held-out one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Question(Hash128 order, String group, int[] documents, float[] query) {}

  /**
   * By sentences alone.
   *
   * @param passages that are live, in any order
   */
  public Examination(List<LivePassage> passages) {
    this(passages, List.of());
  }

  /**
   * By feedback on held-out documents, where there is enough of it; else by sentences.
   *
   * @param passages that are live, in any order
   * @param asked feedback on any documents
   */
  public Examination(List<LivePassage> passages, List<AskedQuestion> asked) {
    this.passages = passages.stream().sorted(Comparator.comparing(LivePassage::uid)).toList();
    documents = new int[passages.size()];
    Map<String, String> heldOutGroups = new HashMap<>();
    for (int i = 0; i < documents.length; i++) {
      LivePassage passage = this.passages.get(i);
      documents[i] = numbers.computeIfAbsent(passage.document(), any -> numbers.size());
      if (passage.isHeldOut()) {
        heldOut++;
        waiting += passage.sentences() == null ? 1 : 0;
        ask(passage, documents[i]);
        heldOutGroups.put(passage.document(), passage.group());
      }
    }
    asked.forEach(question -> ask(question, heldOutGroups));
    limit(sentences);
    limit(feedback);
  }

  /**
   * Whether there is enough to compare: sentences of as many held-out documents as the gate wants,
   * and nine of ten held-out passages have theirs.
   */
  public boolean isReady() {
    long groups = sentences.stream().map(Question::group).distinct().count();
    return groups >= Gate.GROUPS_MIN && waiting * WAITING_SHARE <= heldOut;
  }

  /** Whether what was learned may take the place of the version in force. */
  public Verdict judge(Projection inForce, Projection learned) {
    Sides sides = new Sides(inForce, learned, index(inForce), index(learned));
    Gate.Asked bySentences = new Gate.Asked("sentences", judged(sentences, sides));
    if (feedbackQuestions() == 0) {
      return Gate.judge(bySentences, List.of(), SEED);
    }
    Gate.Asked byFeedback = new Gate.Asked("feedback", judged(feedback, sides));
    return Gate.judge(byFeedback, List.of(byFeedback, bySentences), SEED);
  }

  /** How many questions of feedback decide; 0 = there are too few, and sentences decide. */
  public int feedbackQuestions() {
    long groups = feedback.stream().map(Question::group).distinct().count();
    return groups >= Gate.GROUPS_MIN ? feedback.size() : 0;
  }

  /**
   * The score scale that fits what was learned best.
   *
   * @throws IllegalStateException without a sentence of a held-out document
   */
  public double scoreScale(Projection learned) {
    ExactIndex index = index(learned);
    ScoreScaleFit fit = new ScoreScaleFit();
    for (Question question : sentences) {
      add(index.products(learned.query(question.query())), question.documents()[0], fit);
    }
    return fit.fit();
  }

  /** Both versions, with all passages as they project them. */
  private record Sides(
      Projection inForce, Projection learned, ExactIndex before, ExactIndex after) {
    JudgedQuestion judged(Question question) {
      int[] accepted = question.documents();
      return new JudgedQuestion(
          question.group(),
          before.rank(inForce.query(question.query()), accepted),
          after.rank(learned.query(question.query()), accepted));
    }
  }

  private static List<JudgedQuestion> judged(List<Question> questions, Sides sides) {
    return questions.stream().map(sides::judged).toList();
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
        int[] own = {document};
        this.sentences.add(new Question(order, passage.group(), own, sentences.output(i)));
      }
    }
  }

  /** Documents that are not live are not accepted; it judges if one that is held out is left. */
  private void ask(AskedQuestion question, Map<String, String> heldOutGroups) {
    List<String> live =
        question.documents().stream().filter(numbers::containsKey).sorted().toList();
    for (String document : live) {
      String group = heldOutGroups.get(document);
      if (group != null) {
        Hash128 order = Hash128.ofTexts("feedback", question.question());
        int[] accepted = live.stream().mapToInt(each -> numbers.getOrDefault(each, 0)).toArray();
        feedback.add(new Question(order, group, accepted, question.query()));
        return;
      }
    }
  }

  private static void limit(List<Question> questions) {
    questions.sort(Comparator.comparing(Question::order));
    if (questions.size() > QUESTIONS_MAX) {
      questions.subList(QUESTIONS_MAX, questions.size()).clear();
    }
  }

  private ExactIndex index(Projection projection) {
    return new ExactIndex(
        passages.stream().map(passage -> projection.document(passage.trunk())).toList(), documents);
  }
}
