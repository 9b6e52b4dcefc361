/** What the partition table costs those who route by it. */
@NullMarked
package io.realmstream.deploy.bench.partitions;

import org.jspecify.annotations.NullMarked;
