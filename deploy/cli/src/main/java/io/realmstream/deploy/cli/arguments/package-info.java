/** What arguments may be: outside of that a command does not begin, and its exit code is usage. */
@NullMarked
package io.realmstream.deploy.cli.arguments;

import org.jspecify.annotations.NullMarked;
