/** What a retriever that learns says of its progress. */
@NullMarked
package io.realmstream.schemas.learning;

import org.jspecify.annotations.NullMarked;
