/**
 * Decides what to do with the document of a page when a statement about the page comes. It knows no
 * clock, state store or network.
 */
@NullMarked
package io.realmstream.model.wikipedia;

import org.jspecify.annotations.NullMarked;
