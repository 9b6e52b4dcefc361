/** Do no harm: a candidate is published only if documents that it never saw are found better. */
@NullMarked
package io.realmstream.model.learning.gate;

import org.jspecify.annotations.NullMarked;
