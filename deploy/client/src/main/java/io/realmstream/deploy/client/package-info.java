/** A Kafka client of the knowledge base: asking, loading, watching, versions. */
@NullMarked
package io.realmstream.deploy.client;

import org.jspecify.annotations.NullMarked;
