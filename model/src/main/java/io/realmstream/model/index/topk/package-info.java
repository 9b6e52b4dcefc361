/** What a search is asked for and gives: limits, thresholds that follow the k-th largest, hits. */
@NullMarked
package io.realmstream.model.index.topk;

import org.jspecify.annotations.NullMarked;
