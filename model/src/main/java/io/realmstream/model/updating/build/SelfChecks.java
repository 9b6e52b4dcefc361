package io.realmstream.model.updating.build;

import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.encoder.TrunkOutput;
import io.realmstream.model.updating.Shard;
import io.realmstream.model.updating.publish.EmbedWork;
import io.realmstream.model.updating.publish.Encoders;
import io.realmstream.model.updating.publish.Publisher;
import io.realmstream.model.updating.reuse.KnownOutputs;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.vectors.ShardComplete;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows each walk of one subtask: its self-check, see {@link SelfCheck}, and then the
 * message that the shard is complete in the version.
 */
public final class SelfChecks {
  private final VersionWalks walks;
  private final WalkSlices slices;
  private final Encoders encoders;
  private final Publisher publisher;
  private final int sampleMax;

  /** The documents that are being embedded, and for which check. */
  private final Map<EmbedWork, SelfCheck> running = new HashMap<>();

  /**
   * @param sampleMax passages of a shard that a self-check embeds afresh
   */
  public SelfChecks(WalkSlices slices, Encoders encoders, Publisher publisher, int sampleMax) {
    this.walks = slices.walks();
    this.slices = slices;
    this.encoders = encoders;
    this.publisher = publisher;
    this.sampleMax = sampleMax;
  }

  /**
   * Takes those walks of a shard one step on that have seen every document and have no task left.
   * To be called when one of them has ended, a task has, or the version table has changed.
   *
   * @return documents of samples, to be embedded
   */
  public List<EmbedWork> advance(Shard shard) {
    List<EmbedWork> works = new ArrayList<>();
    for (VersionWalk walk : walks.of(shard)) {
      if (slices.isDone(walk)) {
        walks.endUntaken(shard);
        works.addAll(advance(walk));
      }
    }
    return works;
  }

  /** The check looks at the documents, then embeds its sample, then ends. */
  private List<EmbedWork> advance(VersionWalk walk) {
    SelfCheck check = walk.check;
    if (check == null) {
      walk.check = new SelfCheck(walk.shard, sampleMax);
      slices.start(walk);
      return List.of();
    }
    if (slices.isUnderWay(walk)) {
      return List.of();
    }
    List<EmbedWork> works = check.isBegun() ? List.of() : begin(walk, check);
    if (check.isOver()) {
      end(walk, check.outcome());
    }
    return works;
  }

  private List<EmbedWork> begin(VersionWalk walk, SelfCheck check) {
    Encoders.Opened encoder = encoders.get(walk.version);
    if (encoder == null) {
      throw new IllegalStateException("walked without an encoder: version " + walk.version);
    }
    EmbedWork.Target target =
        new EmbedWork.Target(walk.version, encoder, walk.shard.isBehind(walk.version));
    List<EmbedWork> works = new ArrayList<>();
    for (Map.Entry<String, Set<Hash128>> document : check.begin().entrySet()) {
      String id = document.getKey();
      WantedEdit wanted = walk.shard.wanted(id);
      PublishedDocument published = walk.shard.published(id, walk.version);
      if (wanted == null || published == null) {
        check.ended(null); // deleted since it was looked at
        continue;
      }
      Set<Hash128> others = new HashSet<>();
      published.manifest().forEach(passage -> others.add(passage.uid()));
      others.removeAll(document.getValue());
      EmbedWork work =
          new EmbedWork(
              new EmbedWork.Order(
                  walk.shard, wanted, target, false, others, false, KnownOutputs.NONE, true));
      running.put(work, check);
      works.add(work);
    }
    return works;
  }

  private void end(VersionWalk walk, @Nullable String difference) {
    Shard shard = walk.shard;
    if (difference == null) {
      walks.complete(walk);
      walks.endUntaken(shard);
      publisher.tell(shard, new ShardComplete(walk.version, shard.number()));
    } else {
      refuse(walk, difference);
    }
  }

  // What another proposal overtook is ignored; the table that the log then shows leads here again
  private void refuse(VersionWalk walk, String difference) {
    if (!walk.checkFailed) {
      walk.checkFailed = true;
      publisher.countSelfCheckFailed();
    }
    for (VersionEntry entry : walk.shard.versions().versions()) {
      boolean waits = entry.index() == walk.version && entry.written() && !entry.complete();
      if (waits && walk.refusedFrom.put(entry.version(), entry.state()) != entry.state()) {
        publisher.proposeRefusal(walk.shard, entry, difference);
      }
    }
  }

  /** Takes in a document of a sample. */
  public void embedded(EmbedWork work) {
    Objects.requireNonNull(running.remove(work), "work of no check").ended(difference(work));
  }

  private static @Nullable String difference(EmbedWork work) {
    EmbedWork.Order order = work.order();
    Shard shard = order.shard();
    String id = order.id();
    WantedEdit wanted = shard.wanted(id);
    PublishedDocument published = shard.published(id, order.version());
    if (wanted == null || published == null || !wanted.state().equals(order.wanted().state())) {
      return null; // another edit came, whose vectors are fresh
    }
    if (work.failure() != null) {
      return "document " + id + " cannot be embedded afresh: " + work.failure();
    }
    if (!work.diff().manifest().equals(published.manifest())) {
      return "document " + id + " has other passages afresh";
    }
    for (Map.Entry<Hash128, TrunkOutput> fresh : work.trunkOutputs().entrySet()) {
      TrunkOutput stored = shard.trunks().get(shard.versions(), order.version(), fresh.getKey());
      if (stored != null && !stored.agreesWith(fresh.getValue())) {
        return "passage " + fresh.getKey() + " of document " + id + " has another vector afresh";
      }
    }
    return null;
  }
}
