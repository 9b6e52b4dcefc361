/**
 * How one vector is stored and coded: float32 bytes, int8 codes, and bounds of what the codes lose.
 */
@NullMarked
package io.realmstream.model.index.vector;

import org.jspecify.annotations.NullMarked;
