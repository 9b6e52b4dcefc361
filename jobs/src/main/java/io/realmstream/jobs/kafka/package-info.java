/** The ends of a graph in Kafka: sources, sinks, and who looks at where a topic ends. */
@NullMarked
package io.realmstream.jobs.kafka;

import org.jspecify.annotations.NullMarked;
