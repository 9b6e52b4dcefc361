/**
 * What lies between wikitext and text: a draft whose lines stand as in the wikitext, with all that
 * is inside them resolved.
 */
@NullMarked
package io.realmstream.model.wikitext.draft;

import org.jspecify.annotations.NullMarked;
