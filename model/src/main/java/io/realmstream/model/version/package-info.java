/** The table of index versions: a pure fold of the version log. */
@NullMarked
package io.realmstream.model.version;

import org.jspecify.annotations.NullMarked;
