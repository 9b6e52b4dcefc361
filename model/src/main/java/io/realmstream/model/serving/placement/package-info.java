/** Which cells a passage is in. */
@NullMarked
package io.realmstream.model.serving.placement;

import org.jspecify.annotations.NullMarked;
