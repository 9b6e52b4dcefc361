/** Texts to vectors: the document tower and the query tower of a retriever. */
@NullMarked
package io.realmstream.model.encoder;

import org.jspecify.annotations.NullMarked;
