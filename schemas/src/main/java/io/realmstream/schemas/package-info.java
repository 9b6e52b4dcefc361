/** What every topic shares: identity hashes, topic names, dead-letter headers. */
@NullMarked
package io.realmstream.schemas;

import org.jspecify.annotations.NullMarked;
