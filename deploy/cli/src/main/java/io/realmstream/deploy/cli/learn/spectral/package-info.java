/** {@code realm learn spectral}: a projection from the documents alone. */
@NullMarked
package io.realmstream.deploy.cli.learn.spectral;

import org.jspecify.annotations.NullMarked;
