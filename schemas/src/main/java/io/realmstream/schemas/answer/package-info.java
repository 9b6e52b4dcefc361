/** Answers with their evidence. */
@NullMarked
package io.realmstream.schemas.answer;

import org.jspecify.annotations.NullMarked;
