/** Versions and checkpoints changed over HTTP, where the door allows it. */
@NullMarked
package io.realmstream.deploy.door.control;

import org.jspecify.annotations.NullMarked;
