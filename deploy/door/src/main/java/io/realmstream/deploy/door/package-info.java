/** The door: the knowledge base over HTTP, as a client of Kafka like any other. */
@NullMarked
package io.realmstream.deploy.door;

import org.jspecify.annotations.NullMarked;
