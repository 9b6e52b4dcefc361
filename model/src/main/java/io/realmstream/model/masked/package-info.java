/**
 * Masked tokens predicted from retrieved passages: the reader of REALM's pre-training objective and
 * its marginal (spec rules A1-A5).
 */
@NullMarked
package io.realmstream.model.masked;

import org.jspecify.annotations.NullMarked;
