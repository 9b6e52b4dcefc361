package io.realmstream.model.transport;

import io.realmstream.model.state.Table;
import io.realmstream.model.state.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a republication of the current shard has named, so that behind its end whatever it has not
 * named can go. It counts only if nothing was lost since its beginning. What a record names behind
 * its end stays as well, until all is looked at.
 *
 * @param <K> a document in a version
 */
public final class NamedInRound<K> {
  /**
   * State: the republication that came last, until all is looked at.
   *
   * @param attempt grows with each beginning: one that begins anew names anew
   * @param ended whether there is to be looked at what was not named
   * @param versions whose unnamed documents go: none before the end, and none of one that is broken
   */
  public record Round(long round, long attempt, boolean ended, List<Integer> versions) {}

  private static final Integer ONLY = 0;
  private static final long BROKEN = 0;

  /** One entry at most. */
  private final Table<Integer, Round> rounds;

  /** The attempt that named a document last; empty without a republication. */
  private final Table<K, Long> named;

  /** Where documents may be held. */
  private final List<Table<K, ?>> documents;

  private final ToIntFunction<K> version;

  /**
   * A view of tables that are all under the shard's key.
   *
   * @param documents where documents may be held
   * @param version which version a document is in
   */
  public NamedInRound(
      Table<Integer, Round> rounds,
      Table<K, Long> named,
      List<Table<K, ?>> documents,
      ToIntFunction<K> version) {
    this.rounds = rounds;
    this.named = named;
    this.documents = List.copyOf(documents);
    this.version = version;
  }

  /** A republication begins, or begins anew. */
  public void begin(long round) {
    Round before = rounds.get(ONLY);
    long attempt = before == null ? 1 : before.attempt() + 1;
    rounds.put(ONLY, new Round(round, attempt, false, List.of()));
  }

  /** A record was lost: a republication under way can no longer tell what is gone. */
  public void lose() {
    Round now = rounds.get(ONLY);
    if (now != null && !now.ended()) {
      rounds.put(ONLY, new Round(BROKEN, now.attempt(), true, List.of()));
    }
  }

  /** Whether a republication has begun, has not ended, and nothing of it was lost. */
  public boolean isUnderWay() {
    Round now = rounds.get(ONLY);
    return now != null && !now.ended();
  }

  /** Whether nothing is left of the republication that came last. */
  public boolean isSwept() {
    return rounds.get(ONLY) == null;
  }

  /** A record tells of a document. */
  public void name(K document) {
    Round now = rounds.get(ONLY);
    if (now != null && now.round() != BROKEN) {
      named.put(document, now.attempt());
    }
  }

  /**
   * A republication ends.
   *
   * @param versions that it has named all documents of
   * @return whether nothing of it was lost
   */
  public boolean end(long round, List<Integer> versions) {
    Round now = rounds.get(ONLY);
    if (now == null || now.ended() || now.round() != round) {
      return false;
    }
    rounds.put(ONLY, new Round(round, now.attempt(), true, new ArrayList<>(versions)));
    return true;
  }

  /** Looks from the beginning for what was not named. */
  public Sweep sweep() {
    return new Sweep();
  }

  /** A walk over all documents, and then over the names, to forget them. It may rest. */
  public final class Sweep {
    private int table;
    private @Nullable Walk<K> walk;

    private Sweep() {}

    /**
     * Takes some steps.
     *
     * @param unnamed takes each document that is to go, and removes it wherever it is held
     * @return whether there is more to look at
     */
    public boolean some(int steps, Consumer<K> unnamed) {
      Round now = rounds.get(ONLY);
      if (now == null || !now.ended()) {
        return false;
      }
      for (int step = 0; step < steps; step++) {
        if (table > documents.size()) {
          rounds.remove(ONLY);
          return false;
        }
        step(now, unnamed);
      }
      return true;
    }

    private void step(Round now, Consumer<K> unnamed) {
      boolean forgets = table == documents.size();
      Walk<K> open = walk;
      if (open == null) {
        open = new Walk<>(forgets ? named : documents.get(table));
        walk = open;
      }
      K document = open.next();
      if (document == null) {
        walk = null;
        table++;
      } else if (forgets) {
        named.remove(document);
      } else if (now.versions().contains(version.applyAsInt(document))
          && !isNamed(document, now.attempt())) {
        unnamed.accept(document);
      }
    }

    private boolean isNamed(K document, long attempt) {
      Long by = named.get(document);
      return by != null && by == attempt;
    }
  }
}
