/** Index versions as they are reported, and how far each is. */
@NullMarked
package io.realmstream.deploy.client.versions;

import org.jspecify.annotations.NullMarked;
