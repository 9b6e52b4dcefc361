package io.realmstream.deploy.interleaving;

import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.deploy.interleaving.TinyCheckpoints.Recipe;
import io.realmstream.model.version.CheckpointCandidate;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.model.version.VersionPolicy;
import io.realmstream.model.version.VersionTable;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.StateChange;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.version.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checkpoints that change this or that part, and the commands that people have for versions. */
final class RandomVersions {
  private final Random random;
  private final Conversation realm;
  private final TinyCheckpoints checkpoints;
  private Recipe recipe;
  private RetrieverCheckpoint wanted;

  RandomVersions(long seed, Random random, World world) {
    this.random = random;
    realm = world.realm();
    checkpoints = world.checkpoints();
    int first = (int) seed;
    recipe = new Recipe(first, first, first, first);
    wanted = checkpoints.of(recipe);
  }

  /**
   * Publishes a checkpoint that differs from the last in one part; in none if that is equal.
   *
   * @param part see {@link Recipe#with}
   */
  String publish(int part, int seed) {
    recipe = recipe.with(part, seed);
    publish(checkpoints.of(recipe));
    return "publish " + recipe;
  }

  void publish(RetrieverCheckpoint checkpoint) {
    wanted = checkpoint;
    byte[] value = Codecs.RETRIEVER_CHECKPOINT.encode(wanted);
    realm.send(realm.topics().retrieverCheckpoints(), wanted.retriever(), value);
  }

  /** The checkpoint that shall serve. */
  RetrieverCheckpoint wanted() {
    return wanted;
  }

  /** A rollback, a rebuild, a pause or its end, whichever is possible. */
  String command() {
    VersionTable table = realm.table();
    VersionEntry building = table.building();
    VersionEntry paused = paused();
    VersionEntry before = rollback();
    VersionPolicy.Move rebuild = isSettled() ? VersionPolicy.rebuild(table) : null;
    if (building != null && table.active() != null) {
      return change(building, VersionState.PAUSED);
    }
    if (paused != null) {
      return change(paused, VersionState.BUILDING);
    }
    if (before != null && random.nextInt(3) > 0) {
      wanted = before.checkpoint();
      return change(before, VersionState.ACTIVE);
    }
    return rebuild == null ? "nothing to command" : propose(rebuild);
  }

  /** Waits until the checkpoint that was wanted last serves, complete, and nothing else is due. */
  void settle() {
    VersionEntry paused = paused();
    if (paused != null) {
      change(paused, VersionState.BUILDING);
    }
    realm.await(() -> "version of " + wanted + " in " + realm.table(), this::isSettled);
  }

  /** Retires all but what serves. */
  void retire() {
    List<VersionEntry> others = new ArrayList<>(realm.table().written());
    others.removeIf(entry -> entry.state() == VersionState.ACTIVE);
    others.forEach(entry -> change(entry, VersionState.RETIRED));
  }

  private boolean isSettled() {
    VersionEntry active = realm.table().active();
    VersionEntry goal = realm.table().goal();
    return active != null
        && active.equals(goal)
        && active.complete()
        && CheckpointCandidate.digest(active.checkpoint())
            .equals(CheckpointCandidate.digest(wanted));
  }

  /** A version that served before and still could; only when nothing is on its way. */
  private @Nullable VersionEntry rollback() {
    List<VersionEntry> before = new ArrayList<>();
    for (VersionEntry entry : realm.table().written()) {
      if (entry.state() == VersionState.READY && entry.activated() != null && isSettled()) {
        before.add(entry);
      }
    }
    return before.isEmpty() ? null : before.get(random.nextInt(before.size()));
  }

  private @Nullable VersionEntry paused() {
    VersionEntry paused = null;
    for (VersionEntry entry : realm.table().written()) {
      paused = entry.state() == VersionState.PAUSED ? entry : paused;
    }
    return paused;
  }

  private String change(VersionEntry entry, VersionState to) {
    return propose(
        new VersionPolicy.Move(entry.version(), entry.state(), to, "random", null, null));
  }

  private String propose(VersionPolicy.Move move) {
    realm.propose(
        new VersionProposal(
            "test " + UUID.randomUUID(),
            move.version(),
            new StateChange(move.from(), move.to()),
            "test",
            move.reason(),
            move.checkpoint(),
            move.index(),
            Instant.now()));
    return "version " + move.version() + " from " + move.from() + " to " + move.to();
  }
}
