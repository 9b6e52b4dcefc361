/** How far a topic has been read, and what may be claimed from that: plain decisions. */
@NullMarked
package io.realmstream.model.freshness;

import org.jspecify.annotations.NullMarked;
