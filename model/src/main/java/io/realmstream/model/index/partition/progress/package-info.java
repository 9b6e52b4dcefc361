/** How the division of a version goes on: what its newest partition waits for, and what it says. */
@NullMarked
package io.realmstream.model.index.partition.progress;

import org.jspecify.annotations.NullMarked;
