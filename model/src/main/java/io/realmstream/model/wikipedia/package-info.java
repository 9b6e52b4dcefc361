/**
 * What is to be done about a page of a wiki when something is said of it: a table of decisions,
 * free of clocks, state stores and networks.
 */
@NullMarked
package io.realmstream.model.wikipedia;

import org.jspecify.annotations.NullMarked;
