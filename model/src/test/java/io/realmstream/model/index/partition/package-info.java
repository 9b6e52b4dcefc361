/** Tests of partitions. */
@NullMarked
package io.realmstream.model.index.partition;

import org.jspecify.annotations.NullMarked;
