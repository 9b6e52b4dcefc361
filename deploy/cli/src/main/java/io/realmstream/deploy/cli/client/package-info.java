/** The Kafka ends of the commands: how they find a broker, read topics and write to them. */
@NullMarked
package io.realmstream.deploy.cli.client;

import org.jspecify.annotations.NullMarked;
