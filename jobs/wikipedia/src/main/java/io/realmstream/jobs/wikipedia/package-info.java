/** The job that follows a Wikipedia, and its settings. */
@NullMarked
package io.realmstream.jobs.wikipedia;

import org.jspecify.annotations.NullMarked;
