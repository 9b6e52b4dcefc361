/** {@code realm wikipedia}: the feed, dumps and audits of a wiki, into Kafka. */
@NullMarked
package io.realmstream.deploy.cli.wikipedia;

import org.jspecify.annotations.NullMarked;
