/** Documents as they come in files: JSON lines in several forms, and plain text. */
@NullMarked
package io.realmstream.deploy.cli.input;

import org.jspecify.annotations.NullMarked;
