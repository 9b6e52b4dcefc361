/** The job that learns projections from live documents. */
@NullMarked
package io.realmstream.jobs.learner;

import org.jspecify.annotations.NullMarked;
