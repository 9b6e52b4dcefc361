package io.realmstream.schemas.learning;

/**
 * Recall of two versions; shares between 0 and 1.
 *
 * @param before by the version in force; where one was looked back at, by the version before it
 * @param after by what was learned, or by the version in force
 * @param lower bound of the change, of a 90 % interval drawn by document
 * @param upper bound of the change
 */
public record RecallChange(double before, double after, double lower, double upper) {}
