/** What a run of an earlier release left is gone on with. */
@NullMarked
package io.realmstream.deploy.upgrade;

import org.jspecify.annotations.NullMarked;
