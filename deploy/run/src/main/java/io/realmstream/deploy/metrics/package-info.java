/** The page of metrics that Prometheus reads, on an address of our choice. */
@NullMarked
package io.realmstream.deploy.metrics;

import org.jspecify.annotations.NullMarked;
