/** Dumps of a wiki, read page by page in constant memory; nothing is known of Kafka. */
@NullMarked
package io.realmstream.deploy.wikipedia.dump;

import org.jspecify.annotations.NullMarked;
