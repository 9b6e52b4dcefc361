/**
 * From records of the topic of Wikipedia events to statements. No key, no state. Out: {@code
 * Statement}; dead letters.
 */
@NullMarked
package io.realmstream.jobs.wikipedia.decode;

import org.jspecify.annotations.NullMarked;
