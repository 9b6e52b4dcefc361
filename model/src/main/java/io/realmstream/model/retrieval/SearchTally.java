package io.realmstream.model.retrieval;

import java.util.List;

/**
 * How much was searched.
 *
 * @param scanned vectors compared by code
 * @param reScored vectors compared exactly
 */
public record SearchTally(int cells, long scanned, long reScored) {

  /** All of them together. */
  public static SearchTally sum(List<SearchTally> tallies) {
    int cells = 0;
    long scanned = 0;
    long reScored = 0;
    for (SearchTally tally : tallies) {
      cells += tally.cells;
      scanned += tally.scanned;
      reScored += tally.reScored;
    }
    return new SearchTally(cells, scanned, reScored);
  }
}
