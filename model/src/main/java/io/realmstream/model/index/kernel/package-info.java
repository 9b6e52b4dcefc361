/**
 * The int8 dot product: one kernel for the Vector API, one scalar twin, one choice at class load.
 */
@NullMarked
package io.realmstream.model.index.kernel;

import org.jspecify.annotations.NullMarked;
