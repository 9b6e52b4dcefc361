/**
 * The retriever's cells operator in Flink's harness, and the plain loop that judges what it finds.
 */
@NullMarked
package io.realmstream.deploy.bench.cells;

import org.jspecify.annotations.NullMarked;
