/** Tests of the certified exact index. */
@NullMarked
package io.realmstream.model.index;

import org.jspecify.annotations.NullMarked;
