/** {@code realm serve}: a door for HTTP. */
@NullMarked
package io.realmstream.deploy.cli.serve;

import org.jspecify.annotations.NullMarked;
