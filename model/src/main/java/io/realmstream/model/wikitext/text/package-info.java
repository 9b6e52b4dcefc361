/** From a draft to text: paragraphs, list items and section names, and the mending of sentences. */
@NullMarked
package io.realmstream.model.wikitext.text;

import org.jspecify.annotations.NullMarked;
