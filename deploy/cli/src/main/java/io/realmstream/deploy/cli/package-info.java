/** The {@code realm} command: its root, exit codes and what all its subcommands share. */
@NullMarked
package io.realmstream.deploy.cli;

import org.jspecify.annotations.NullMarked;
