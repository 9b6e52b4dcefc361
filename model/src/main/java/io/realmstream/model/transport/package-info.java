/**
 * What a reader of the vectors topic knows of it: whether a record was lost, what is in doubt
 * since, and what a republication has named.
 */
@NullMarked
package io.realmstream.model.transport;

import org.jspecify.annotations.NullMarked;
