/**
 * Texts from a wiki's API: many revisions a request, within one budget for each host. Everything
 * but the requests themselves runs on one thread.
 */
@NullMarked
package io.realmstream.jobs.wikipedia.fetch;

import org.jspecify.annotations.NullMarked;
