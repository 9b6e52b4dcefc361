/** Records that nobody could use, and why. */
@NullMarked
package io.realmstream.deploy.client.deadletters;

import org.jspecify.annotations.NullMarked;
