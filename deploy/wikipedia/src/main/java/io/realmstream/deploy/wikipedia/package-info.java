/**
 * What the feed, imports and audits of a wiki share: who asks, where they write, how far they are.
 */
@NullMarked
package io.realmstream.deploy.wikipedia;

import org.jspecify.annotations.NullMarked;
