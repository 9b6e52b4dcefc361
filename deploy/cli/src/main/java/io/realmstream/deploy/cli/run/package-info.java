/** Commands that start and stop the embedded run. */
@NullMarked
package io.realmstream.deploy.cli.run;

import org.jspecify.annotations.NullMarked;
