/** Questions: sent, matched with their answers, and handed back as they came. */
@NullMarked
package io.realmstream.deploy.door.ask;

import org.jspecify.annotations.NullMarked;
