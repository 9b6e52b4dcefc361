/** Tests of the decision table. */
@NullMarked
package io.realmstream.model.wikipedia;

import org.jspecify.annotations.NullMarked;
