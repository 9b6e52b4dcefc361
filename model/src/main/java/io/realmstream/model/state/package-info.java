/** Keyed state as decisions see it: a map behind a port, and walks over it. */
@NullMarked
package io.realmstream.model.state;

import org.jspecify.annotations.NullMarked;
