/** The port through which cells keep their bytes; jobs put RocksDB behind it. */
@NullMarked
package io.realmstream.model.index.store;

import org.jspecify.annotations.NullMarked;
