/** Retriever checkpoints and the log of index versions. */
@NullMarked
package io.realmstream.schemas.version;

import org.jspecify.annotations.NullMarked;
