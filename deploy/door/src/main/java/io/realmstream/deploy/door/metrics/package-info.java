/** What the door has to do, for Prometheus. */
@NullMarked
package io.realmstream.deploy.door.metrics;

import org.jspecify.annotations.NullMarked;
