/**
 * Sources around Kafka's own: one that reads its topic again at each start, and what they share.
 */
@NullMarked
package io.realmstream.jobs.sources;

import org.jspecify.annotations.NullMarked;
