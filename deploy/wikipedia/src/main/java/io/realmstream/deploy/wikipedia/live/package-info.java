/** The feed into Kafka: what is asked for is passed on as it came, the rest is counted. */
@NullMarked
package io.realmstream.deploy.wikipedia.live;

import org.jspecify.annotations.NullMarked;
