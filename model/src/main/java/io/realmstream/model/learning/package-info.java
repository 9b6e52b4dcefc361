/**
 * Projection heads that learn: the marginal's gradient by hand, Adam, and a learner that takes
 * examples one batch at a time. LEARNING.md has the loop and the paper's symbols.
 */
@NullMarked
package io.realmstream.model.learning;

import org.jspecify.annotations.NullMarked;
