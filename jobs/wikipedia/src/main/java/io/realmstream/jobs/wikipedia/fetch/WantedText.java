package io.realmstream.jobs.wikipedia.fetch;

/**
 * A revision whose text is wanted.
 *
 * @param key of the page
 * @param documentRevision for which revision of the page's document
 */
public record WantedText(String wiki, String key, long revision, long documentRevision) {}
