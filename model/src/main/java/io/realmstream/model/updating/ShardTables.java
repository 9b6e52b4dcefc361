package io.realmstream.model.updating;

import io.realmstream.model.document.DocumentInVersion;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.PublishedDocument;
import io.realmstream.model.document.WantedEdit;
import io.realmstream.model.state.Table;

/**
 * The tables of one document shard.
 *
 * @param wanted each live document's edit in force, by id; as large as the knowledge base's text
 * @param published each live document in each version that is written: about 50 bytes a passage
 * @param tombstones deleted documents' last edits; they expire
 * @param pending documents whose edit is not published yet, with the Kafka timestamp of the
 *     earliest such edit; as many as may wait, see {@code realm.pending.documents.max}
 * @param walks what each version that is written, or being forgotten, needs of this shard
 * @param owed see {@link io.realmstream.model.document.Acceptances}; empty but during a start
 *     without state
 */
public record ShardTables(
    Table<String, WantedEdit> wanted,
    Table<DocumentInVersion, PublishedDocument> published,
    Table<String, DocumentState> tombstones,
    Table<String, Long> pending,
    Table<Integer, WalkPhase> walks,
    Table<String, Boolean> owed) {}
