/** Tests of the int8 dot product. */
@NullMarked
package io.realmstream.model.index.kernel;

import org.jspecify.annotations.NullMarked;
