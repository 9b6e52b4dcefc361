package io.realmstream.deploy.interleaving;

import io.realmstream.deploy.interleaving.Session.World;
import java.util.Random;

/**
 * One seed's history of a running knowledge base: edits, copies of texts, deletes, late and
 * repeated events, a document of 300 passages that comes and goes, checkpoints, rollbacks, pauses
 * and questions in a random order. Now and then all may settle, and then there is one right answer.
 */
final class Interleaving {
  private static final int DOCUMENTS = 7;
  private static final int STEPS_MIN = 30;
  private static final int PAUSE_MS_MAX = 20;
  private static final int DELAY_MS_MAX = 200;

  private final long seed;
  private final Random random;
  private final Session session;

  Interleaving(long seed, World world) {
    this.seed = seed;
    random = new Random(seed);
    session = new Session(seed, world, random, DOCUMENTS);
  }

  /** Something that happens to the knowledge base meanwhile. */
  interface Disturbance {
    /** Nothing. */
    Disturbance NONE =
        new Disturbance() {
          @Override
          public void beginIn(int ms) {}

          @Override
          public void await() {}
        };

    /** Begins it in so many milliseconds, once the one before is over. */
    void beginIn(int ms);

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
          session.tell("disturb");
          disturbance.beginIn(moments.nextInt(DELAY_MS_MAX));
        }
        session.listen(random.nextInt(PAUSE_MS_MAX));
      }
      disturbance.await();
      session.settle();
      session.clear();
      return session.judged();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed %d, after%n%s".formatted(seed, session.story()), e);
    }
  }

  private void step() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 24) {
      session.edit(session.edits.upsert());
    } else if (dice < 27) {
      session.edit(session.edits.copy());
    } else if (dice < 28) {
      session.edit(session.edits.longText(1));
    } else if (dice < 30) {
      session.edit(session.edits.deleteLongText());
    } else if (dice < 36) {
      session.edit(session.edits.delete());
    } else if (dice < 42) {
      session.edit(session.edits.late());
    } else if (dice < 47) {
      session.edit(session.edits.repeat());
    } else if (dice < 52) {
      session.edit(session.edits.rival());
    } else if (dice < 54) {
      session.edit(session.edits.unnumbered());
    } else if (dice < 56) {
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
}
