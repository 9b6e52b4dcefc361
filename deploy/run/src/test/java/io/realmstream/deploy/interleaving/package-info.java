/** Seeded random histories of a running knowledge base against plain loops. */
@NullMarked
package io.realmstream.deploy.interleaving;

import org.jspecify.annotations.NullMarked;
