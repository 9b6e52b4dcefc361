/** What a cell shard knows of its partitions. */
@NullMarked
package io.realmstream.model.serving.cell;

import org.jspecify.annotations.NullMarked;
