/** Which partitions are in use, and how their centroids come together from the topic. */
@NullMarked
package io.realmstream.model.index.partition.table;

import org.jspecify.annotations.NullMarked;
