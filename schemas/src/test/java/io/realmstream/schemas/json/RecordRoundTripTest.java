package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.document.DocumentStatus;
import io.realmstream.schemas.learning.Feedback;
import io.realmstream.schemas.learning.LearningStatus;
import io.realmstream.schemas.query.FreshnessRecord;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.vectors.RepublicationRequest;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import io.realmstream.schemas.version.VersionProposal;
import io.realmstream.schemas.wikipedia.WikipediaGap;
import io.realmstream.schemas.wikipedia.WikipediaObserved;
import io.realmstream.schemas.wikipedia.WikipediaOutcome;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordRoundTripTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @Property(tries = 100, seed = "7")
  void documentEdits(@ForAll("edits") DocumentEdit edit) throws Exception {
    comesBack(Codecs.DOCUMENT_EDIT, edit);
  }

  @Property(tries = 100, seed = "7")
  void documentStatuses(@ForAll("statuses") DocumentStatus status) throws Exception {
    comesBack(Codecs.DOCUMENT_STATUS, status);
  }

  @Property(tries = 100, seed = "7")
  void retrieverCheckpoints(@ForAll("checkpoints") RetrieverCheckpoint checkpoint)
      throws Exception {
    comesBack(Codecs.RETRIEVER_CHECKPOINT, checkpoint);
  }

  @Property(tries = 100, seed = "7")
  void versionProposals(@ForAll("proposals") VersionProposal proposal) throws Exception {
    comesBack(Codecs.VERSION_PROPOSAL, proposal);
  }

  @Property(tries = 100, seed = "7")
  void republicationRequests(@ForAll("requests") RepublicationRequest request) throws Exception {
    comesBack(Codecs.REPUBLICATION_REQUEST, request);
  }

  @Property(tries = 100, seed = "7")
  void queries(@ForAll("queries") Query query) throws Exception {
    comesBack(Codecs.QUERY, query);
  }

  @Property(tries = 100, seed = "7")
  void answers(@ForAll("answers") Answer answer) throws Exception {
    comesBack(Codecs.ANSWER, answer);
  }

  @Property(tries = 100, seed = "7")
  void freshnessMarks(@ForAll("marks") FreshnessRecord mark) throws Exception {
    comesBack(Codecs.FRESHNESS, mark);
  }

  @Property(tries = 100, seed = "7")
  void observedPages(@ForAll("observed") WikipediaObserved observed) throws Exception {
    comesBack(Codecs.WIKIPEDIA_OBSERVED, observed);
  }

  @Property(tries = 100, seed = "7")
  void gapsOfAFeed(@ForAll("gaps") WikipediaGap gap) throws Exception {
    comesBack(Codecs.WIKIPEDIA_GAP, gap);
  }

  @Property(tries = 100, seed = "7")
  void wikipediaOutcomes(@ForAll("outcomes") WikipediaOutcome outcome) throws Exception {
    comesBack(Codecs.WIKIPEDIA_OUTCOME, outcome);
  }

  @Property(tries = 100, seed = "7")
  void learningStatuses(@ForAll("learning") LearningStatus status) throws Exception {
    comesBack(Codecs.LEARNING_STATUS, status);
  }

  @Property(tries = 100, seed = "7")
  void feedback(@ForAll("feedbacks") Feedback feedback) throws Exception {
    comesBack(Codecs.FEEDBACK, feedback);
  }

  @Property(tries = 50, seed = "7")
  void answersWithAllFieldsSet(@ForAll("fullAnswers") Answer answer) throws Exception {
    comesBack(Codecs.ANSWER, answer);
    String json = new String(Codecs.ANSWER.encode(answer), StandardCharsets.UTF_8);
    assertThat(json).contains("\"version\":{", "\"answer\":{", "\"noAnswerMass\":");
  }

  @Property(tries = 50, seed = "7")
  void proposalsWithAllFieldsSet(@ForAll("fullProposals") VersionProposal proposal)
      throws Exception {
    comesBack(Codecs.VERSION_PROPOSAL, proposal);
    String json = new String(Codecs.VERSION_PROPOSAL.encode(proposal), StandardCharsets.UTF_8);
    assertThat(json).contains("\"projection\":{", "\"from\":", "\"reason\":");
  }

  @Provide
  Arbitrary<DocumentEdit> edits() {
    return records(DocumentEdit.class, "document-edit", 0.3);
  }

  @Provide
  Arbitrary<DocumentStatus> statuses() {
    return records(DocumentStatus.class, "document-status", 0.3);
  }

  @Provide
  Arbitrary<RetrieverCheckpoint> checkpoints() {
    return records(RetrieverCheckpoint.class, "retriever-checkpoint", 0.3);
  }

  @Provide
  Arbitrary<VersionProposal> proposals() {
    return records(VersionProposal.class, "version-proposal", 0.3);
  }

  @Provide
  Arbitrary<VersionProposal> fullProposals() {
    return records(VersionProposal.class, "version-proposal", 0);
  }

  @Provide
  Arbitrary<RepublicationRequest> requests() {
    return records(RepublicationRequest.class, "republication-request", 0.3);
  }

  @Provide
  Arbitrary<Query> queries() {
    return records(Query.class, "query", 0.3);
  }

  @Provide
  Arbitrary<FreshnessRecord> marks() {
    return records(FreshnessRecord.class, "freshness", 0);
  }

  @Provide
  Arbitrary<WikipediaObserved> observed() {
    return records(WikipediaObserved.class, "wikipedia-observed", 0.3);
  }

  @Provide
  Arbitrary<LearningStatus> learning() {
    return records(LearningStatus.class, "learning-status", 0.3);
  }

  @Provide
  Arbitrary<Feedback> feedbacks() {
    return records(Feedback.class, "feedback", 0.3);
  }

  @Provide
  Arbitrary<WikipediaGap> gaps() {
    return records(WikipediaGap.class, "wikipedia-gap", 0.3);
  }

  @Provide
  Arbitrary<WikipediaOutcome> outcomes() {
    return records(WikipediaOutcome.class, "wikipedia-outcome", 0.3);
  }

  @Provide
  Arbitrary<Answer> answers() {
    return records(Answer.class, "answer", 0.3);
  }

  @Provide
  Arbitrary<Answer> fullAnswers() {
    return records(Answer.class, "answer", 0);
  }

  private static <T> Arbitrary<T> records(Class<T> type, String schema, double nulls) {
    return new RecordArbitraries(nulls).records(type, RecordSchema.named(schema).tree());
  }

  private static <T> void comesBack(JsonCodec<T> codec, T record) throws Exception {
    byte[] bytes = codec.encode(record);
    T decoded = codec.decode(bytes);
    assertThat(decoded).isEqualTo(record);
    assertThat(codec.encode(decoded)).isEqualTo(bytes);
    assertThat(PLAIN.readTree(bytes).isObject()).isTrue();
  }
}
