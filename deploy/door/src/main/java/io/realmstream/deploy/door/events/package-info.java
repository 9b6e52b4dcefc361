/** Server-sent events: what is written to topics, from where a reader left off. */
@NullMarked
package io.realmstream.deploy.door.events;

import org.jspecify.annotations.NullMarked;
