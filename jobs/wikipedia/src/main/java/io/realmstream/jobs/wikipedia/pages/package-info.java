/**
 * The pages operator: decides, fetches and publishes. Key: a page, {@code enwiki:974}.
 *
 * <p>Input: {@code Statement}. Outputs: records of the documents topic; outcomes and nothing else
 * on the side. State, of each page that was ever spoken of: what is known of it, without its text;
 * the text that waits, at most one; the hash of what was published. A page that is gone stays known
 * by its numbers.
 */
@NullMarked
package io.realmstream.jobs.wikipedia.pages;

import org.jspecify.annotations.NullMarked;
