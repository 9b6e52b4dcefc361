package io.realmstream.model.updating.publish;

import io.realmstream.model.document.ReceivedEdit;
import io.realmstream.schemas.document.AcceptedEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.document.Outcome;
import io.realmstream.schemas.vectors.PassageVectors;
import io.realmstream.schemas.vectors.VectorMessage;
import io.realmstream.schemas.version.VersionProposal;
import java.util.ArrayList;
import java.util.List;

/** Keeps what leaves. */
public final class RecordedOutput implements UpdaterOutput {
  /** What went to the vectors topic, in order. */
  public final List<VectorMessage> messages = new ArrayList<>();

  public final List<AcceptedEdit> accepted = new ArrayList<>();
  public final List<DocumentStatus> statuses = new ArrayList<>();
  public final List<VersionProposal> proposals = new ArrayList<>();
  public final List<String> deadLetters = new ArrayList<>();
  public final List<Outcome> outcomes = new ArrayList<>();
  public int pendingRepeats;
  public int republished;
  public int selfChecksFailed;

  /** Those of one type. */
  public <M extends VectorMessage> List<M> of(Class<M> type) {
    return messages.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void vectors(PassageVectors whole, boolean again) {
    messages.add(whole);
  }

  @Override
  public void shard(int shard, VectorMessage message) {
    messages.add(message);
  }

  @Override
  public void accepted(AcceptedEdit edit) {
    accepted.add(edit);
  }

  @Override
  public void status(DocumentStatus status) {
    statuses.add(status);
  }

  @Override
  public void proposal(VersionProposal proposal) {
    proposals.add(proposal);
  }

  @Override
  public void deadLetter(ReceivedEdit received, String message) {
    deadLetters.add(received.edit().id() + ": " + message);
  }

  @Override
  public void count(Outcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void countPendingRepeat() {
    pendingRepeats++;
  }

  @Override
  public void countRepublished() {
    republished++;
  }

  @Override
  public void countSelfCheckFailed() {
    selfChecksFailed++;
  }
}
