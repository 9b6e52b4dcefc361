/** JSON topics: decoding checked against their JSON Schema, encoding in canonical form. */
@NullMarked
package io.realmstream.schemas.json;

import org.jspecify.annotations.NullMarked;
