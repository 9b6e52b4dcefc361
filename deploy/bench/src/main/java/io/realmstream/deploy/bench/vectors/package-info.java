/** Vectors to measure with, synthetic or from a file. */
@NullMarked
package io.realmstream.deploy.bench.vectors;

import org.jspecify.annotations.NullMarked;
