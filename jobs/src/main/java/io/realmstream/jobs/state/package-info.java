/** Flink's keyed state behind the ports that {@code model} decides on, and how RocksDB keeps it. */
@NullMarked
package io.realmstream.jobs.state;

import org.jspecify.annotations.NullMarked;
