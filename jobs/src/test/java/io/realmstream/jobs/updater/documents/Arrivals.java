package io.realmstream.jobs.updater.documents;

import io.realmstream.jobs.Shards;
import io.realmstream.model.document.DocumentState;
import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentEdit;
import java.time.Instant;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** What comes in at the first input of a documents operator. */
final class Arrivals {
  private static final Shards NUMBERS = new Shards(DocumentsHarness.SHARDS);

  private Arrivals() {}

  /** A client's edit. */
  static void client(DocumentsHarness documents, DocumentEdit edit, long offset, long timestamp)
      throws Exception {
    DocumentState order = DocumentState.of(edit, new AcceptedEdit.Origin(timestamp, 0, offset));
    ReceivedEdit received = received(edit, offset, timestamp);
    arrive(documents, ShardEdit.of(received.withRevision(order.revision()), order));
  }

  /** An edit of the topic of accepted edits. */
  static void recorded(DocumentsHarness documents, DocumentEdit edit) throws Exception {
    arrive(documents, ShardEdit.recorded(received(edit, 0, 0), DocumentState.of(edit)));
  }

  /** The end of that topic, for every shard of a subtask. */
  static void end(DocumentsHarness documents, DocumentsHarness.Place place) throws Exception {
    for (int shard = 0; shard < DocumentsHarness.SHARDS; shard++) {
      if (shard * place.subtasks() / DocumentsHarness.SHARDS == place.subtask()) {
        arrive(documents, ShardEdit.end(shard));
      }
    }
  }

  /** What was written to that topic. */
  static void recorded(DocumentsHarness documents, AcceptedEdit edit) throws Exception {
    ReceivedEdit received = received(edit.edit(), 0, 0);
    arrive(documents, ShardEdit.recorded(received, DocumentState.of(edit)));
  }

  private static ReceivedEdit received(DocumentEdit edit, long offset, long timestamp) {
    int shard = NUMBERS.ofDocument(edit.id());
    return new ReceivedEdit(edit, shard, 0, offset, timestamp, Instant.EPOCH);
  }

  private static void arrive(DocumentsHarness documents, ShardEdit arriving) throws Exception {
    DocumentsOperator operator = documents.operator();
    StreamRecord<ShardEdit> element = new StreamRecord<>(arriving);
    operator.setKeyContextElement1(element);
    operator.processElement1(element);
  }
}
