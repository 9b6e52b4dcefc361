/** Pages of Wikipedia as somebody saw them, and what became of each statement about them. */
@NullMarked
package io.realmstream.schemas.wikipedia;

import org.jspecify.annotations.NullMarked;
