/** Dumps into Kafka, page by page, at the pace at which the knowledge base takes them. */
@NullMarked
package io.realmstream.deploy.wikipedia.load;

import org.jspecify.annotations.NullMarked;
