package io.realmstream.jobs.learner.learn;

import io.realmstream.jobs.learner.feedback.FeedbackQuestions;
import io.realmstream.jobs.learner.towers.SentenceEmbedding;
import io.realmstream.jobs.learner.trunks.TrunkEvent;
import io.realmstream.jobs.state.StateTable;
import io.realmstream.model.checkpoint.TowerDigest;
import io.realmstream.model.learning.live.LearnedDocument;
import io.realmstream.model.learning.live.LearnedPassage;
import io.realmstream.model.learning.live.LivePassage;
import io.realmstream.model.learning.live.LivePassages;
import io.realmstream.model.learning.live.SampledSentences;
import io.realmstream.model.learning.live.SentenceOutputs;
import io.realmstream.model.learning.live.TrunkDocument;
import io.realmstream.model.learning.live.TrunkPassage;
import io.realmstream.model.serving.ShardDoubt;
import io.realmstream.model.transport.Doubt;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.vectors.ShardRound;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.jspecify.annotations.Nullable;

/**
 * The document shards of the learner: their live passages, and what is in doubt of them. A shard is
 * asked for once more when a record was lost, or came without the trunk outputs that a learner
 * needs.
 */
final class LearnedShards {
  private static final String DOCUMENTS = "documents";
  private static final String PASSAGES = "passages";
  private static final String SENTENCES = "sentences";
  private static final String DOUBT = "doubt";

  private final int shards;
  private final IntConsumer setShard;
  private final LearnOutput out;
  private final LivePassages passages;
  private final FeedbackQuestions feedback;
  private final ShardDoubt doubt;
  private final Set<Integer> doubted = new TreeSet<>();
  private final Set<Integer> underWay = new HashSet<>();

  /** Shards of which something came without trunk outputs, since the updater does not tell them. */
  private final Set<Integer> untold = new HashSet<>();

  /** Whose passages wait. */
  private @Nullable LearnedLine listed;

  private final Deque<LivePassage> waiting = new ArrayDeque<>();
  private Set<Hash128> forgotten = Set.of();

  /**
   * Takes up what the restored state says.
   *
   * @param setShard makes the key of a shard the current one
   */
  LearnedShards(
      RuntimeContext context, LearnSettings settings, IntConsumer setShard, LearnOutput out) {
    this.shards = settings.shards();
    this.setShard = setShard;
    this.out = out;
    passages =
        new LivePassages(
            new LivePassages.Tables(
                StateTable.of(context, DOCUMENTS, TrunkDocument.class, LearnedDocument.class),
                StateTable.of(context, PASSAGES, TrunkPassage.class, LearnedPassage.class),
                StateTable.of(context, SENTENCES, TrunkPassage.class, SentenceOutputs.class)),
            settings.passagesMax());
    feedback = new FeedbackQuestions(context, setShard, settings.feedbackMax());
    feedback.load(shards);
    doubt =
        new ShardDoubt(
            StateTable.of(context, DOUBT, Integer.class, Doubt.class), shards, LearnOperator.UID);
    for (int shard = 0; shard < shards; shard++) {
      setShard.accept(shard);
      passages.load(shard);
      if (!doubt.isNone(shard)) {
        doubted.add(shard);
      }
    }
  }

  LivePassages passages() {
    return passages;
  }

  FeedbackQuestions feedback() {
    return feedback;
  }

  /** Takes what came of a shard, whose key is the current one. */
  void take(TrunkEvent event, long nowMs) {
    PassageVectors vectors = event.vectors();
    ShardRound round = event.round();
    if (vectors != null) {
      Hash128 trunk = LivePassages.trunk(vectors);
      if (trunk != null && forgotten.contains(trunk)) {
        return; // the version log is ahead
      }
      boolean lacks = passages.take(vectors);
      boolean lacksTrunks = lacksTrunks(event.shard(), vectors, trunk != null);
      if (!event.again() && (lacks || lacksTrunks)) { // a republication tells all it can
        lose(event.shard(), nowMs);
      }
    } else if (round != null) {
      take(round);
    } else {
      lose(event.shard(), nowMs);
    }
  }

  /** The live passages of a line by uid. */
  List<LivePassage> passages(LearnedLine line) {
    return passages.of(line.trunk(), line.queryTrunk());
  }

  /** Looks what is to be embedded of a line. */
  void list(LearnedLine line) {
    List<LivePassage> live = passages(line);
    waiting.clear();
    live.stream().filter(passage -> passage.sentences() == null).forEach(waiting::add);
    listed = line;
    feedback.list(live, line.queryTrunk());
  }

  /** Passages whose sentences wait. */
  int waiting() {
    return waiting.size();
  }

  /** Whether anything waits. */
  boolean isWaiting() {
    return !waiting.isEmpty() || feedback.isWaiting();
  }

  /** Nothing waits any more, until it is listed again. */
  void unlist() {
    waiting.clear();
    feedback.unlist();
  }

  /**
   * What is to be embedded next, of what was listed, passages first; null = nothing.
   *
   * @param done is given each passage with its sentences
   */
  SentenceEmbedding.@Nullable Order next(
      SentenceEmbedding.QueryTower tower, BiConsumer<LivePassage, SentenceOutputs> done) {
    LearnedLine line = listed;
    for (LivePassage next = waiting.poll(); line != null && next != null; next = waiting.poll()) {
      LivePassage passage = next;
      setShard.accept(passage.shard());
      String text = passages.text(new TrunkPassage(line.trunk(), passage.uid()));
      if (text != null) {
        return new SentenceEmbedding.Order(
            passage.uid(),
            SampledSentences.of(text),
            tower,
            outputs -> done.accept(passage, outputs));
      }
    }
    return feedback.next(tower);
  }

  /**
   * Keeps what a passage's sentences became.
   *
   * @return whether the passage is still live
   */
  boolean embedded(LivePassage passage, LearnedLine line, SentenceOutputs outputs) {
    setShard.accept(passage.shard());
    return passages.embedded(new TrunkPassage(line.trunk(), passage.uid()), outputs);
  }

  /** Forgets passages of trunks that no version is written with any more. */
  void forgetEnded(VersionTable table) {
    Set<Hash128> ended = trunks(table.versions());
    ended.removeAll(trunks(table.written()));
    if (!ended.equals(forgotten)) {
      forgotten = ended;
      for (int shard = 0; shard < shards; shard++) {
        setShard.accept(shard);
        passages.forget(ended);
      }
    }
  }

  /** Asks for shards that are in doubt, where it is time. */
  void ask(long nowMs) {
    for (int shard : doubted) {
      setShard.accept(shard);
      RepublicationRequest request = doubt.ask(shard, underWay.contains(shard), nowMs);
      if (request != null) {
        out.ask(request);
      }
    }
  }

  private void take(ShardRound round) {
    int shard = round.shard();
    if (!round.ends()) {
      underWay.add(shard);
      return;
    }
    if (underWay.remove(shard)) {
      doubt.repair(shard);
    }
    if (doubt.settle(shard)) {
      doubted.remove(shard);
    }
  }

  /** A round that is under way may have passed what was lost. */
  private void lose(int shard, long nowMs) {
    underWay.remove(shard);
    doubt.lose(shard, nowMs);
    doubted.add(shard);
  }

  /**
   * Whether a shard is to be asked for because of trunk outputs: once when they are missing first,
   * and once more when they are told again.
   */
  private boolean lacksTrunks(int shard, PassageVectors vectors, boolean told) {
    if (vectors.inserts().isEmpty()) {
      return false;
    }
    return told ? untold.remove(shard) : untold.add(shard);
  }

  private static Set<Hash128> trunks(List<VersionEntry> versions) {
    Set<Hash128> trunks = new HashSet<>();
    versions.forEach(each -> trunks.add(TowerDigest.ofTrunk(each.checkpoint().documentTower())));
    return trunks;
  }
}
