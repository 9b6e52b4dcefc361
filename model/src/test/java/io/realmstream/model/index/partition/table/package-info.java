/** Tests of which partitions are in use. */
@NullMarked
package io.realmstream.model.index.partition.table;

import org.jspecify.annotations.NullMarked;
