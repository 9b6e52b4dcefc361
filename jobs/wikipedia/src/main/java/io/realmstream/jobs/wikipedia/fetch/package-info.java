/**
 * Texts from a wiki's API: many revisions a request, within one budget for each host. All of it
 * runs on one thread but the requests themselves.
 */
@NullMarked
package io.realmstream.jobs.wikipedia.fetch;

import org.jspecify.annotations.NullMarked;
