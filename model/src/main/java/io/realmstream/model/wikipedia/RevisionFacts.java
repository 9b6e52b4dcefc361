package io.realmstream.model.wikipedia;

/**
 * What a statement says of the page's current revision.
 *
 * @param id the wiki's number; 0 = the statement does not say
 * @param timeMs when the revision was made, epoch ms
 * @param contentHash of its wikitext, as the wiki gives it (SHA-1 in base 36); empty = not said
 * @param priorId the revision that was current before; 0 = not said
 * @param visible whether everybody may read it
 */
public record RevisionFacts(
    long id, long timeMs, String contentHash, long priorId, boolean visible) {
  /** Nothing is said. */
  public static final RevisionFacts NONE = new RevisionFacts(0, 0, "", 0, true);
}
