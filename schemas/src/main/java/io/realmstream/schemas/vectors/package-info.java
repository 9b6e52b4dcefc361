/**
 * What travels from the updater to the retriever: passage vectors, heartbeats, completed shards.
 */
@NullMarked
package io.realmstream.schemas.vectors;

import org.jspecify.annotations.NullMarked;
