package io.realmstream.model.document;

import io.realmstream.model.state.Table;

/**
 * What the topic of accepted edits lacks, so that the last record of each document there becomes
 * its greatest edit: compaction leaves no other.
 *
 * <p>An edit is written when it is accepted. But while the topic is being read, which a start
 * without state does, clients' edits are owed instead: what stands further on in the topic may be
 * greater, and then the smaller one would be its last.
 */
public final class Acceptances {
  private final Table<String, Boolean> owed;

  /**
   * @param owed ids of documents whose last record is not their greatest edit; as many as clients
   *     edit while the topic is being read
   */
  public Acceptances(Table<String, Boolean> owed) {
    this.owed = owed;
  }

  /**
   * A client's edit came.
   *
   * @param topicRead whether the topic has been read to its end
   * @return whether it is to be written now
   */
  public boolean client(String id, Decision decision, boolean topicRead) {
    boolean accepted = decision instanceof Decision.Accept;
    if (accepted && !topicRead) {
      owed.put(id, true);
    }
    return accepted && topicRead;
  }

  /**
   * An edit of the topic came: it is the document's last record so far. A replay may have left the
   * revisions 4, 5, 4 there.
   */
  public void recorded(String id, Decision decision) {
    if (decision instanceof Decision.Stale) {
      owed.put(id, true);
    } else {
      owed.remove(id);
    }
  }
}
