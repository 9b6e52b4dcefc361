package io.realmstream.jobs.wikipedia.pages;

import io.realmstream.jobs.wikipedia.fetch.FetchSettings;
import io.realmstream.model.wikipedia.Scope;
import java.io.Serializable;
import java.time.Duration;

/**
 * The settings of the pages operator.
 *
 * @param settle edits of a page within this time are fetched once
 * @param hold how long a text must have stood before it is published; zero = not at all
 * @param waitingMax pages whose texts may wait at once; more are left to the next audit
 * @param license under which the texts may be quoted
 */
public record PagesSettings(
    Scope scope,
    Duration settle,
    Duration hold,
    int waitingMax,
    String license,
    FetchSettings fetch)
    implements Serializable {}
