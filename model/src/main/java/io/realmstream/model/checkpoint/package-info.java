/** Files of a checkpoint: where they come from, that they are what they claim to be, identities. */
@NullMarked
package io.realmstream.model.checkpoint;

import org.jspecify.annotations.NullMarked;
