/** Measurements of a running knowledge base against plain methods; commands, not tests. */
@NullMarked
package io.realmstream.deploy.measurement;

import org.jspecify.annotations.NullMarked;
