/**
 * The commands for a broker and a Flink cluster: those that somebody else runs, and those of this
 * machine.
 */
@NullMarked
package io.realmstream.deploy.cli.cluster;

import org.jspecify.annotations.NullMarked;
