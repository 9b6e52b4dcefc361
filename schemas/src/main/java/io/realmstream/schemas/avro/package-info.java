/** The passage-vectors topic in Avro: bytes checked before they are decoded, one schema. */
@NullMarked
package io.realmstream.schemas.avro;

import org.jspecify.annotations.NullMarked;
