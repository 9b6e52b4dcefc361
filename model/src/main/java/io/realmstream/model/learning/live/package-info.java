/**
 * Learning from live documents: which passages are live, what their sentences teach in a pass, how
 * the outcome is examined, and when it may be published.
 */
@NullMarked
package io.realmstream.model.learning.live;

import org.jspecify.annotations.NullMarked;
