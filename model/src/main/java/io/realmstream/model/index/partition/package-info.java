/**
 * How the vectors of a version are divided into cells: centroids trained from a sample, the cells
 * that a query probes, and the messages that carry a partition from one process to the others.
 */
@NullMarked
package io.realmstream.model.index.partition;

import org.jspecify.annotations.NullMarked;
