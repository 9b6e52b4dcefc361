/** Files of others as streams: compressed ones, their lines, and bounds on what is held of them. */
@NullMarked
package io.realmstream.deploy.files;

import org.jspecify.annotations.NullMarked;
