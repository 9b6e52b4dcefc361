/**
 * What the updater reads, from bytes to edits and requests; what is none goes to the dead letters.
 * No key. The only state is Kafka's: the offsets of the sources.
 *
 * <ul>
 *   <li>{@code documents-source}: the documents topic, and how far it is read, each second.
 *   <li>{@code decode-documents}: its records in, edits for their document shards out.
 *   <li>{@code decode-accepted}: the topic of accepted edits in, at a start without state; edits
 *       out, then an end for each shard.
 *   <li>{@code decode-republications}: requests in, one for each shard that they name out.
 * </ul>
 */
@NullMarked
package io.realmstream.jobs.updater.decode;

import org.jspecify.annotations.NullMarked;
