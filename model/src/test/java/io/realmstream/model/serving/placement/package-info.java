@NullMarked
package io.realmstream.model.serving.placement;

import org.jspecify.annotations.NullMarked;
