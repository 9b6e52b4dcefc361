package io.realmstream.schemas.answer;

/**
 * How much of the index and of the texts an answer rests on.
 *
 * @param exact true = certified equal to brute force; false = only some cells were probed, or hits
 *     were cut off that may belong to the answer
 * @param cellsProbed how many cells were searched
 * @param partial whether shards were missing at the deadline
 * @param complete whether the version's index holds every document that was live when the index was
 *     announced; how fresh these are is said by {@code indexedThrough}
 * @param truncated whether question or passages exceeded a model's limit and were cut
 */
public record Coverage(
    boolean exact, int cellsProbed, boolean partial, boolean complete, boolean truncated) {
  /** Nothing was searched. */
  public static final Coverage NONE = new Coverage(false, 0, false, false, false);
}
