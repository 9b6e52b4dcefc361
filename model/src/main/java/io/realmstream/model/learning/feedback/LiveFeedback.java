package io.realmstream.model.learning.feedback;

import io.realmstream.model.state.Table;
import io.realmstream.schemas.Hash128;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The feedback that counts: all of it in keyed state, and on the heap as well. What is said under
 * an id takes the place of what was said before. Feedback on equal questions is joined, so that one
 * that contradicts another accepts the documents of both.
 *
 * <p>All but the lists and the sizes is about the shard whose key is current.
 */
public final class LiveFeedback {
  private final Table<String, KeptFeedback> table;
  private final int most;
  private final Map<String, Placed> live = new TreeMap<>();
  private long leftOut;

  private record Placed(int shard, KeptFeedback feedback) {}

  /**
   * What is to be embedded.
   *
   * @param shard whose key its state is under
   */
  public record Waiting(int shard, String id, String question) {}

  /**
   * @param table by id
   * @param most that are kept; later ones are left out
   */
  public LiveFeedback(Table<String, KeptFeedback> table, int most) {
    this.table = table;
    this.most = most;
  }

  /** Takes up what a restored state says of a shard. */
  public void load(int shard) {
    table
        .entries()
        .forEachRemaining(entry -> live.put(entry.getKey(), new Placed(shard, entry.getValue())));
  }

  /** Takes feedback; without a document it withdraws what was said, since nothing can be judged. */
  public void take(int shard, String id, String question, List<String> documents) {
    Placed before = live.get(id);
    if (documents.isEmpty()) {
      withdraw(id);
      return;
    }
    if (before == null && live.size() >= most) {
      leftOut++;
      return;
    }
    KeptFeedback next = new KeptFeedback(question, List.copyOf(documents), null, new float[0]);
    if (before != null && before.feedback().question().equals(question)) {
      Hash128 trunk = before.feedback().queryTrunk();
      next = trunk == null ? next : next.with(trunk, before.feedback().output());
    }
    put(shard, id, next);
  }

  /** What was said under that id does not hold. */
  public void withdraw(String id) {
    if (live.remove(id) != null) {
      table.remove(id);
    }
  }

  /** Feedback on a document that judges, and whose question is not embedded with that trunk. */
  public List<Waiting> waiting(Hash128 queryTrunk, Predicate<String> judges) {
    List<Waiting> waiting = new ArrayList<>();
    live.forEach(
        (id, placed) -> {
          KeptFeedback feedback = placed.feedback();
          if (!feedback.isEmbedded(queryTrunk) && feedback.documents().stream().anyMatch(judges)) {
            waiting.add(new Waiting(placed.shard(), id, feedback.question()));
          }
        });
    return waiting;
  }

  /** Its question was embedded; if another took its place meanwhile, nothing is kept. */
  public void embedded(Waiting asked, Hash128 queryTrunk, float[] output) {
    Placed placed = live.get(asked.id());
    if (placed != null && placed.feedback().question().equals(asked.question())) {
      put(placed.shard(), asked.id(), placed.feedback().with(queryTrunk, output));
    }
  }

  /** The questions that were embedded with that trunk, equal ones joined, in a fixed order. */
  public List<AskedQuestion> questions(Hash128 queryTrunk) {
    Map<String, AskedQuestion> questions = new LinkedHashMap<>();
    for (Placed placed : live.values()) {
      KeptFeedback feedback = placed.feedback();
      if (feedback.isEmbedded(queryTrunk) && feedback.output().length > 0) {
        questions.merge(
            plain(feedback.question()),
            new AskedQuestion(
                feedback.question(), Set.copyOf(feedback.documents()), feedback.output()),
            LiveFeedback::joined);
      }
    }
    return List.copyOf(questions.values());
  }

  /** How much there is. */
  public int size() {
    return live.size();
  }

  /** How often feedback was left out, because there was too much. */
  public long leftOut() {
    return leftOut;
  }

  private void put(int shard, String id, KeptFeedback feedback) {
    table.put(id, feedback);
    live.put(id, new Placed(shard, feedback));
  }

  private static AskedQuestion joined(AskedQuestion first, AskedQuestion other) {
    Set<String> documents = new TreeSet<>(first.documents());
    documents.addAll(other.documents());
    return new AskedQuestion(first.question(), documents, first.query());
  }

  private static String plain(String question) {
    return question.strip().toLowerCase(Locale.ROOT);
  }
}
