/** How templates inside sentences read: a table of patterns, and what patterns cannot say. */
@NullMarked
package io.realmstream.model.wikitext.template;

import org.jspecify.annotations.NullMarked;
