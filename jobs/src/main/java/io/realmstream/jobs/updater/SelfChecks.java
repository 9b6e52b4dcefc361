package io.realmstream.jobs.updater;

import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.schemas.Hash128;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Leads the self-check behind each walk of one subtask, see {@link SelfCheck}. */
final class SelfChecks {
  private final Embedding.Context context;
  private final Encoders encoders;
  private final Walks walks;
  private final Consumer<EmbedWork> embed;

  SelfChecks(Embedding.Context context, Encoders encoders, Walks walks, Consumer<EmbedWork> embed) {
    this.context = context;
    this.encoders = encoders;
    this.walks = walks;
    this.embed = embed;
  }

  /**
   * Takes the check of a walk whose tasks are done one step on; the Flink key is the shard's.
   *
   * @return whether it is over, and nothing is wrong
   */
  boolean passes(VersionWalk walk) throws Exception {
    SelfCheck check = walk.check;
    if (check == null) {
      walk.check = new SelfCheck(walk, context.sampleMax());
      walks.start(walk);
      return false;
    }
    if (walks.isUnderWay(walk)) {
      return false;
    }
    if (!check.isBegun()) {
      begin(check);
    }
    if (!check.isOver()) {
      return false;
    }
    String difference = check.outcome();
    if (difference != null && !walk.held) {
      walk.held = true;
      context.publisher().hold(walk.shard, walk.version, difference);
    }
    return difference == null;
  }

  private void begin(SelfCheck check) throws Exception {
    VersionWalk walk = check.walk;
    Encoders.Opened encoder = encoders.get(walk.version);
    if (encoder == null) {
      throw new IllegalStateException("walked without an encoder: version " + walk.version);
    }
    for (Map.Entry<String, Set<Hash128>> document : check.begin().entrySet()) {
      String id = document.getKey();
      WantedEdit wanted = context.states().wanted(id);
      PublishedDocument published = context.states().published(id, walk.version);
      if (wanted == null || published == null) {
        check.ended(null); // deleted since it was looked at
        continue;
      }
      Set<Hash128> others = new HashSet<>();
      published.manifest().forEach(passage -> others.add(passage.uid()));
      others.removeAll(document.getValue());
      embed.accept(
          new EmbedWork(
              new EmbedWork.Order(
                  new Task(walk.shard, id, 0),
                  walk.version,
                  wanted,
                  encoder,
                  WrittenVersions.isBehind(walk.shard, walk.version),
                  others,
                  false,
                  KnownOutputs.NONE,
                  check)));
    }
  }

  /** Takes in a document of a sample; the Flink key is its shard's. */
  void embedded(EmbedWork work, SelfCheck check) throws Exception {
    check.ended(difference(work));
  }

  private @Nullable String difference(EmbedWork work) throws Exception {
    String id = work.order.task().id;
    WantedEdit wanted = context.states().wanted(id);
    PublishedDocument published = context.states().published(id, work.order.version());
    if (wanted == null
        || published == null
        || !wanted.state().equals(work.order.wanted().state())) {
      return null; // another edit came, whose vectors are fresh
    }
    if (work.failure() != null) {
      return "document " + id + " cannot be embedded afresh: " + work.failure();
    }
    if (!work.diff().manifest().equals(published.manifest())) {
      return "document " + id + " has other passages afresh";
    }
    for (Map.Entry<Hash128, TrunkOutput> fresh : work.trunkOutputs().entrySet()) {
      TrunkOutput stored =
          context
              .states()
              .trunks()
              .get(work.order.task().shard, work.order.version(), fresh.getKey());
      if (stored != null && !stored.agreesWith(fresh.getValue())) {
        return "passage " + fresh.getKey() + " of document " + id + " has another vector afresh";
      }
    }
    return null;
  }
}
