package io.realmstream.model.updating.publish;

import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.version.VersionProposal;

/** Takes what becomes of edits: in the jobs Flink's outputs, in tests lists. */
public interface UpdaterOutput {
  /**
   * A document in a version.
   *
   * @param again whether it says once more what was published before
   */
  void vectors(PassageVectors whole, boolean again);

  /** A message about a shard as a whole, behind what was published of it. */
  void shard(int shard, VectorMessage message);

  /** An edit for whoever starts without state. */
  void accepted(AcceptedEdit accepted);

  /** What became of an edit that will never be answerable. */
  void status(DocumentStatus status);

  /** A version that the self-check keeps from being READY. */
  void proposal(VersionProposal proposal);

  /** An edit that cannot be embedded, and why. */
  void deadLetter(ReceivedEdit received, String message);

  /** A document in a version came to that outcome. */
  void count(Outcome outcome);

  /** The same edit came again before it was published. */
  void countPendingRepeat();

  /** A document was published once more in a version. */
  void countRepublished();

  /** A shard is not what a fresh embedding would make it. */
  void countSelfCheckFailed();
}
