/** Tests of the embedded run; those that need a broker or a cluster end in IT. */
@NullMarked
package io.realmstream.deploy.embedded;

import org.jspecify.annotations.NullMarked;
