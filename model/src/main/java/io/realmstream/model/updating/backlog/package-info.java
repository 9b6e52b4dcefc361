/**
 * What waits: the documents of one subtask that lack vectors somewhere. On the heap only, and
 * bounded: edits by {@code realm.pending.documents.max}, rebuilds by a constant.
 */
@NullMarked
package io.realmstream.model.updating.backlog;

import org.jspecify.annotations.NullMarked;
