/** The reading of wikitext into a draft, a character at a time. */
@NullMarked
package io.realmstream.model.wikitext.source;

import org.jspecify.annotations.NullMarked;
