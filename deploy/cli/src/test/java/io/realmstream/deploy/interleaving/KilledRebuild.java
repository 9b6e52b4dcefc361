package io.realmstream.deploy.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.model.version.VersionEntry;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.EditKind;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.version.VersionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One seed's rebuild: of a knowledge base that is loaded, under another trunk, while edits go on
 * and the process is killed, at times twice. Then one of the same edits and that checkpoint alone,
 * undisturbed.
 */
final class KilledRebuild {
  private static final int DOCUMENTS = 240;
  private static final int EDITS_AFTER = 20;
  private static final int PAUSE_MS_MAX = 10;

  private final long seed;
  private final World world;
  private final KillableRealm realm;
  private final Random random;
  private final Session session;
  private final int firstTrunk;
  private final int trunk;
  private final List<Landing> landings = new ArrayList<>();

  /** Where a kill landed. */
  enum Phase {
    /** The log did not have the version yet. */
    PUBLISHED,
    /** So many documents were answerable in it. */
    BUILDING,
    /** It was complete. */
    READY
  }

  /** A kill, by what was seen of the realm until then. */
  record Landing(Phase phase, long documents, long of) {
    @Override
    public String toString() {
      return phase == Phase.BUILDING ? "%s %d of %d".formatted(phase, documents, of) : phase.name();
    }
  }

  KilledRebuild(long seed, World world, KillableRealm realm) {
    this.seed = seed;
    this.world = world;
    this.realm = realm;
    random = new Random(seed);
    session = new Session(seed, world, random, DOCUMENTS);
    firstTrunk = random.nextInt();
    trunk = random.nextInt();
  }

  /** Rebuilds, and compares with what an undisturbed realm makes of the same; returns the kills. */
  List<Landing> run(World undisturbed) {
    try {
      session.publish(0, firstTrunk);
      session.versions.settle();
      for (int i = 0; i < DOCUMENTS; i++) {
        session.edit(session.edits.first(i));
      }
      session.settleEdits();
      session.publish(0, trunk);
      boolean twice = random.nextInt(3) == 0;
      killAt(target(twice));
      if (twice) {
        killAt(1 + random.nextInt(DOCUMENTS / 2));
      }
      realm.awaitReady();
      for (int i = 0; i < EDITS_AFTER; i++) {
        edit();
      }
      session.settle();
      compare(undisturbed);
      session.clear();
      return landings;
    } catch (Exception | AssertionError e) {
      throw session.failed("seed %d, killed at %s".formatted(seed, landings), e);
    }
  }

  /** How many documents: 0 = at once, more than there are = when it is complete. */
  private int target(boolean twice) {
    int dice = random.nextInt(10);
    if (dice == 0) {
      return 0;
    }
    return dice == 1 && !twice
        ? Integer.MAX_VALUE
        : 1 + random.nextInt(twice ? DOCUMENTS / 2 : DOCUMENTS);
  }

  /** Edits until so many documents are answerable in the new version, or all; kills; restarts. */
  private void killAt(int documents) throws Exception {
    int pause = random.nextInt(PAUSE_MS_MAX);
    if (documents == 0) {
      session.listen(pause);
    }
    while (documents > 0 && !reached(documents)) {
      edit();
    }
    Landing landing = landing();
    realm.kill();
    landings.add(landing);
    session.tell("killed at " + landing);
    realm.startAgain();
  }

  private boolean reached(int documents) {
    Landing now = landing();
    return now.phase == Phase.READY || (now.phase == Phase.BUILDING && now.documents >= documents);
  }

  private Landing landing() {
    VersionEntry entry = wanted();
    if (entry == null) {
      return new Landing(Phase.PUBLISHED, 0, DOCUMENTS);
    }
    long documents = session.histories.heldBy(entry.index());
    boolean building = entry.state() == VersionState.BUILDING;
    return new Landing(building ? Phase.BUILDING : Phase.READY, documents, DOCUMENTS);
  }

  /** The version of the checkpoint that was published last; null = the log does not have it. */
  private @Nullable VersionEntry wanted() {
    VersionEntry newest = world.realm().table().newest();
    boolean is = newest != null && newest.checkpoint().equals(session.versions.wanted());
    return is ? newest : null;
  }

  private void edit() throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> session.edit(session.edits.delete());
      case 1 -> session.edit(session.edits.late());
      case 2 -> session.edit(session.edits.repeat());
      case 3 -> session.edit(session.edits.rival());
      default -> session.edit(session.edits.upsert());
    }
    session.listen(random.nextInt(PAUSE_MS_MAX));
  }

  private void compare(World undisturbed) throws Exception {
    Session reference = new Session(seed, undisturbed, new Random(seed), DOCUMENTS);
    reference.publish(0, trunk);
    reference.versions.settle();
    List<DocumentEdit> newest = new ArrayList<>();
    for (String id : session.histories.documents()) {
      DocumentEdit edit = session.histories.newest(id);
      if (edit.kind() == EditKind.UPSERT) {
        reference.edit(edit);
        newest.add(edit);
      }
    }
    reference.settle();
    Holdings holdings = Holdings.of(session, world.realm(), seed);
    Holdings expected = Holdings.of(reference, undisturbed.realm(), seed);
    assertThat(holdings.passages()).isEqualTo(expected.passages());
    assertThat(holdings.vectors()).isEqualTo(expected.vectors());
    assertThat(holdings.results()).isEqualTo(expected.results());
    // both may be wrong alike, but not like plain loops
    Map<Hash128, List<Integer>> plain = new TreeMap<>();
    world
        .plain()
        .vectors(session.serving().checkpoint(), newest)
        .forEach((uid, vector) -> plain.put(uid, Holdings.bits(vector)));
    assertThat(holdings.vectors()).isEqualTo(plain);
    // a listing had room for all
    assertThat(holdings.vectors()).hasSizeBetween(DOCUMENTS / 2, QueryScope.K_MAX);
    reference.clear();
  }
}
