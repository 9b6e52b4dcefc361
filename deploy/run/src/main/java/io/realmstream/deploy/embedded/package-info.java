/** The embedded run: a real Kafka broker, a real Flink cluster and both jobs in one process. */
@NullMarked
package io.realmstream.deploy.embedded;

import org.jspecify.annotations.NullMarked;
