/** Measures the index: the operator as the job runs it, on RocksDB. */
@NullMarked
package io.realmstream.deploy.bench.index;

import org.jspecify.annotations.NullMarked;
