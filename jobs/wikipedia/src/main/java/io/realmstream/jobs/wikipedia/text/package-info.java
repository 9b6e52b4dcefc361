/** The text that readers see, of statements that carry a page's wikitext. No key, no state. */
@NullMarked
package io.realmstream.jobs.wikipedia.text;

import org.jspecify.annotations.NullMarked;
