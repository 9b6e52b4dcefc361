package io.realmstream.jobs.learner.feedback;

import io.realmstream.jobs.learner.towers.SentenceEmbedding;
import io.realmstream.jobs.learner.trunks.FeedbackNews;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.learning.feedback.AskedQuestion;
import io.realmstream.model.learning.feedback.KeptFeedback;
import io.realmstream.model.learning.feedback.LiveFeedback;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.learning.Feedback;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/** Feedback in state, and what of it is to be embedded: that on held-out documents. */
public final class FeedbackQuestions {
  private static final String FEEDBACK = "feedback";

  private final IntConsumer setShard;
  private final LiveFeedback live;
  private final Deque<LiveFeedback.Waiting> waiting = new ArrayDeque<>();

  /**
   * With nothing loaded yet.
   *
   * @param setShard makes the key of a shard the current one
   * @param most that is kept
   */
  public FeedbackQuestions(RuntimeContext context, IntConsumer setShard, int most) {
    this.setShard = setShard;
    live =
        new LiveFeedback(StateTable.of(context, FEEDBACK, String.class, KeptFeedback.class), most);
  }

  /** Takes up what a restored state says of the first so many shards. */
  public void load(int shards) {
    for (int shard = 0; shard < shards; shard++) {
      setShard.accept(shard);
      live.load(shard);
    }
  }

  /** What is known. */
  public LiveFeedback live() {
    return live;
  }

  /** Takes what came of a shard, whose key is the current one. */
  public void take(TrunkEvent event) {
    FeedbackNews news = Objects.requireNonNull(event.feedback());
    Feedback feedback = news.feedback();
    if (feedback == null) {
      live.withdraw(news.id());
    } else {
      live.take(event.shard(), news.id(), feedback.question(), feedback.documents());
    }
  }

  /** Looks which questions are to be embedded. */
  public void list(List<LivePassage> passages, Hash128 queryTrunk) {
    Set<String> judging = new HashSet<>();
    for (LivePassage passage : passages) {
      if (passage.isHeldOut()) {
        judging.add(passage.document());
      }
    }
    waiting.clear();
    waiting.addAll(live.waiting(queryTrunk, judging::contains));
  }

  /** Nothing is to be embedded until it is listed again. */
  public void unlist() {
    waiting.clear();
  }

  /** Whether a question is to be embedded. */
  public boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** The next question to embed; null = there is none. */
  public SentenceEmbedding.@Nullable Order next(SentenceEmbedding.QueryTower tower) {
    LiveFeedback.Waiting next = waiting.poll();
    return next == null
        ? null
        : new SentenceEmbedding.Order(
            Hash128.ofTexts("feedback", next.id(), next.question()),
            List.of(next.question()),
            tower,
            outputs -> embedded(next, outputs));
  }

  /** The questions of that trunk, equal ones joined. */
  public List<AskedQuestion> asked(Hash128 queryTrunk) {
    return live.questions(queryTrunk);
  }

  private void embedded(LiveFeedback.Waiting asked, SentenceOutputs outputs) {
    setShard.accept(asked.shard());
    live.embedded(asked, outputs.queryTrunk(), outputs.outputs());
  }
}
