/** A slow sweep over all pages of a wiki that finds where the knowledge base differs from it. */
@NullMarked
package io.realmstream.deploy.wikipedia.audit;

import org.jspecify.annotations.NullMarked;
