/** Questions, and marks of the freshness that they are stamped with. */
@NullMarked
package io.realmstream.schemas.query;

import org.jspecify.annotations.NullMarked;
