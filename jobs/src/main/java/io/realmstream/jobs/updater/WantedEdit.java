package io.realmstream.jobs.updater;

import io.realmstream.model.document.DocumentState;

/** State: the edit in force of a live document, whole text included. */
public record WantedEdit(ReceivedEdit received, DocumentState state) {}
