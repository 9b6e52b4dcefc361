/** What a run takes of its machine: folders, ports, and the file that tells where it is. */
@NullMarked
package io.realmstream.deploy.embedded.host;

import org.jspecify.annotations.NullMarked;
