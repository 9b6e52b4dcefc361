/**
 * The pages operator: decides, fetches and publishes. Key: a page, {@code enwiki:974}.
 *
 * <p>Input: {@code Statement}. Outputs: records of the documents topic; as a side output, outcomes.
 * State, for each page that was ever named: what is known of it, without its text; the text that
 * waits, at most one; the hash of what was published. Of a page that is gone only its numbers stay.
 */
@NullMarked
package io.realmstream.jobs.wikipedia.pages;

import org.jspecify.annotations.NullMarked;
