/** The {@code realm learn} commands: projections learned from files, without a broker. */
@NullMarked
package io.realmstream.deploy.cli.learn;

import org.jspecify.annotations.NullMarked;
