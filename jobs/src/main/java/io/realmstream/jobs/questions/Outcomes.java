package io.realmstream.jobs.questions;

import java.util.List;

/**
 * What the runs of a question gave.
 *
 * @param used what counts, in the order of the runs
 * @param discarded runs that were made, or begun, and do not count
 */
public record Outcomes<T>(List<T> used, int discarded) {}
