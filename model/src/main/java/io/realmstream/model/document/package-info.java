/** What an edit changes: which revision of a document wins, and which of its passages are new. */
@NullMarked
package io.realmstream.model.document;

import org.jspecify.annotations.NullMarked;
