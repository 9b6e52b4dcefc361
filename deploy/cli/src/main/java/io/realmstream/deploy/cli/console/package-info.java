/** What stands between a command and the person or script that runs it. */
@NullMarked
package io.realmstream.deploy.cli.console;

import org.jspecify.annotations.NullMarked;
