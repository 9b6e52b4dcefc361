/** The Flink cluster of an embedded run: where its jobs resume and how far they are. */
@NullMarked
package io.realmstream.deploy.embedded.cluster;

import org.jspecify.annotations.NullMarked;
