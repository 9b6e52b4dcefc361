/** The open towers of a version, and what they make of texts and trunk outputs. No state. */
@NullMarked
package io.realmstream.jobs.learner.towers;

import org.jspecify.annotations.NullMarked;
