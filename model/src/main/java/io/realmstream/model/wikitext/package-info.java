/** From the wikitext of a page to the text that readers see. */
@NullMarked
package io.realmstream.model.wikitext;

import org.jspecify.annotations.NullMarked;
