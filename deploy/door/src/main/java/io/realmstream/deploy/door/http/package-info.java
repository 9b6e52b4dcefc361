/** HTTP with bounds: who is let in, how much a request may take, how a failure is said. */
@NullMarked
package io.realmstream.deploy.door.http;

import org.jspecify.annotations.NullMarked;
