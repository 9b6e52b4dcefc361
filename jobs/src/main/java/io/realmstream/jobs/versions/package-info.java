/**
 * The version log as both jobs read it: decoded, and to its end before anything follows from it.
 */
@NullMarked
package io.realmstream.jobs.versions;

import org.jspecify.annotations.NullMarked;
