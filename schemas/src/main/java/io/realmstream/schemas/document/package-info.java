/** A document's edits as they arrive, and what became of them. */
@NullMarked
package io.realmstream.schemas.document;

import org.jspecify.annotations.NullMarked;
