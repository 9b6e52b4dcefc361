/** Which questions a stage of model threads takes on, and in which order it works for them. */
@NullMarked
package io.realmstream.model.admission;

import org.jspecify.annotations.NullMarked;
