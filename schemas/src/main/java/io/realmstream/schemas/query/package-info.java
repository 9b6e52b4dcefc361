/** Questions and their answers. */
@NullMarked
package io.realmstream.schemas.query;

import org.jspecify.annotations.NullMarked;
