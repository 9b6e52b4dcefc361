/** The {@code realm calibrate} command: fits how sure answers are, and when there is none. */
@NullMarked
package io.realmstream.deploy.cli.calibrate;

import org.jspecify.annotations.NullMarked;
