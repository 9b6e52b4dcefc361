/**
 * The certified exact inner-product index of one cell: int8 codes, error bounds, blocks, deltas.
 */
@NullMarked
package io.realmstream.model.index;

import org.jspecify.annotations.NullMarked;
