/** The {@code realm dead-letters} command: what nobody could use, and a second try. */
@NullMarked
package io.realmstream.deploy.cli.deadletters;

import org.jspecify.annotations.NullMarked;
