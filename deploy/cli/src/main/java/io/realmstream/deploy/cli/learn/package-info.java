/** The {@code realm learn} commands: projections learned from files, and what the job learns. */
@NullMarked
package io.realmstream.deploy.cli.learn;

import org.jspecify.annotations.NullMarked;
