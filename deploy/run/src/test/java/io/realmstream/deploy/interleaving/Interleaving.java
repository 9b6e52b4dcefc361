package io.realmstream.deploy.interleaving;

import io.realmstream.deploy.interleaving.Session.World;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.util.List;
import java.util.Random;

/**
 * One seed's history of a running knowledge base: edits, copies of texts, deletes, late and
 * repeated events, a document of 300 passages that comes and goes, checkpoints, rollbacks, pauses
 * and questions in a random order, while a disturbance comes and goes. Now and then all may settle,
 * and then there is one right answer. In the end that answer says that it has all.
 */
final class Interleaving {
  private static final int DOCUMENTS = 7;
  private static final int LONG_PASSAGES = 300;
  private static final int STEPS_MIN = 30;
  private static final int PAUSE_MS_MAX = 20;
  private static final int DELAY_MS_MAX = 200;

  private final long seed;
  private final Random random;
  private final Session session;
  private final World world;
  private int longDeletions;

  Interleaving(long seed, World world) {
    this.seed = seed;
    this.world = world;
    random = new Random(seed);
    session = new Session(seed, world, random, DOCUMENTS);
  }

  /** Something that happens to the knowledge base meanwhile. */
  interface Disturbance {
    /** Nothing. */
    Disturbance NONE =
        new Disturbance() {
          @Override
          public String beginIn(int ms, boolean isLong) {
            return "nothing";
          }

          @Override
          public void await() {}
        };

    /**
     * Begins it in so many milliseconds, once the one before is over; says what it is.
     *
     * @param isLong whether a document of two records is edited now, else another
     */
    String beginIn(int ms, boolean isLong);

    /** Returns when it is over. */
    void await();
  }

  /**
   * Runs it; fails at the first answer that is wrong.
   *
   * @param disturbance comes at a random step, and at times at another
   * @return how many answers were judged
   */
  int run(Disturbance disturbance) {
    Random moments = new Random(~seed);
    try {
      session.publish(0, random.nextInt());
      session.versions.settle();
      int steps = STEPS_MIN + random.nextInt(STEPS_MIN);
      int disturbed = random.nextInt(steps);
      int disturbedAgain = moments.nextInt(2 * steps);
      for (int i = 0; i < steps; i++) {
        step();
        if (i == disturbed || i == disturbedAgain) {
          boolean isLong = moments.nextInt(3) == 0;
          session.tell(disturbance.beginIn(moments.nextInt(DELAY_MS_MAX), isLong));
          session.edit(isLong ? session.edits.wideText() : session.edits.upsert());
        }
        session.listen(random.nextInt(PAUSE_MS_MAX));
      }
      disturbance.await();
      session.settle();
      if (disturbance != Disturbance.NONE) {
        session.settleClaims();
      }
      longDeletions = countLongDeletions();
      session.clear();
      return session.judged();
    } catch (Exception | AssertionError e) {
      throw session.failed("seed " + seed, e);
    }
  }

  /** How many documents of 300 passages were deleted while there were questions. */
  int longDeletions() {
    return longDeletions;
  }

  /** How many texts stood in so many documents at once, or in more. */
  int textsIn(int documents) {
    return session.histories.contents.textsIn(documents);
  }

  private int countLongDeletions() throws Exception {
    RetrieverCheckpoint checkpoint = session.serving().checkpoint();
    int count = 0;
    for (DocumentEdit deleted : session.histories.contents.deleted()) {
      int passages = world.plain().vectors(checkpoint, List.of(deleted)).size();
      count += passages >= LONG_PASSAGES ? 1 : 0;
    }
    return count;
  }

  private void step() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 19) {
      session.edit(session.edits.upsert());
    } else if (dice < 25) {
      session.edits.copies().forEach(session::edit);
    } else if (dice < 31) {
      stepOfLongText();
    } else if (dice < 37) {
      session.edit(session.edits.delete());
    } else if (dice < 43) {
      session.edit(session.edits.late());
    } else if (dice < 48) {
      session.edit(session.edits.repeat());
    } else if (dice < 53) {
      session.edit(session.edits.rival());
    } else if (dice < 55) {
      session.edit(session.edits.unnumbered());
    } else if (dice < 57) {
      session.tombstone(session.edits.delete().id());
    } else if (dice < 82) {
      session.ask(session.queries.next());
    } else if (dice < 88) {
      session.publish(random.nextInt(4), random.nextInt(4));
    } else if (dice < 97) {
      session.tell(session.versions.command());
    } else {
      session.settle();
    }
  }

  private void stepOfLongText() {
    if (!session.edits.hasLongText() || random.nextInt(6) == 0) {
      session.edit(session.edits.longText(1));
      return;
    }
    session.edit(session.edits.deleteLongText());
    session.ask(session.queries.next());
    session.ask(session.queries.retrieve(100));
  }
}
