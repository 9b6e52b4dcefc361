/** The commands for a broker and a Flink cluster that somebody else runs. */
@NullMarked
package io.realmstream.deploy.cli.cluster;

import org.jspecify.annotations.NullMarked;
