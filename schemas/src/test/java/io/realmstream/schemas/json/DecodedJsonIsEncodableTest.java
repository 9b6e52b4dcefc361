package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever a codec decodes it encodes, and to the same: a record that came in can be passed on,
 * quoted, or put into a dead letter.
 */
class DecodedJsonIsEncodableTest {
  private static final int TRIES = 1_000;

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void documentEdits(@ForAll("edits") byte[] json) {
    comesBack(Codecs.DOCUMENT_EDIT, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void documentStatuses(@ForAll("statuses") byte[] json) {
    comesBack(Codecs.DOCUMENT_STATUS, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void retrieverCheckpoints(@ForAll("checkpoints") byte[] json) {
    comesBack(Codecs.RETRIEVER_CHECKPOINT, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void versionProposals(@ForAll("proposals") byte[] json) {
    comesBack(Codecs.VERSION_PROPOSAL, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void queries(@ForAll("queries") byte[] json) {
    comesBack(Codecs.QUERY, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void answers(@ForAll("answers") byte[] json) {
    comesBack(Codecs.ANSWER, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void freshnessMarks(@ForAll("marks") byte[] json) {
    comesBack(Codecs.FRESHNESS, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void observedPages(@ForAll("observed") byte[] json) {
    comesBack(Codecs.WIKIPEDIA_OBSERVED, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void republicationRequests(@ForAll("requests") byte[] json) {
    comesBack(Codecs.REPUBLICATION_REQUEST, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void gapsOfAFeed(@ForAll("gaps") byte[] json) {
    comesBack(Codecs.WIKIPEDIA_GAP, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void outcomesOfPages(@ForAll("outcomes") byte[] json) {
    comesBack(Codecs.WIKIPEDIA_OUTCOME, json);
  }

  @Property(tries = TRIES, seed = "12", edgeCases = EdgeCasesMode.NONE)
  void statusesOfLearning(@ForAll("learning") byte[] json) {
    comesBack(Codecs.LEARNING_STATUS, json);
  }

  @Property(tries = TRIES, seed = "13", edgeCases = EdgeCasesMode.NONE)
  void feedback(@ForAll("feedbacks") byte[] json) {
    comesBack(Codecs.FEEDBACK, json);
  }

  @Provide
  Arbitrary<byte[]> feedbacks() {
    return hostile(Codecs.FEEDBACK, Feedback.class, "feedback");
  }

  @Provide
  Arbitrary<byte[]> requests() {
    return hostile(
        Codecs.REPUBLICATION_REQUEST, RepublicationRequest.class, "republication-request");
  }

  @Provide
  Arbitrary<byte[]> outcomes() {
    return hostile(Codecs.WIKIPEDIA_OUTCOME, WikipediaOutcome.class, "wikipedia-outcome");
  }

  @Provide
  Arbitrary<byte[]> learning() {
    return hostile(Codecs.LEARNING_STATUS, LearningStatus.class, "learning-status");
  }

  @Provide
  Arbitrary<byte[]> observed() {
    return hostile(Codecs.WIKIPEDIA_OBSERVED, WikipediaObserved.class, "wikipedia-observed");
  }

  @Provide
  Arbitrary<byte[]> gaps() {
    return hostile(Codecs.WIKIPEDIA_GAP, WikipediaGap.class, "wikipedia-gap");
  }

  @Provide
  Arbitrary<byte[]> marks() {
    return hostile(Codecs.FRESHNESS, FreshnessRecord.class, "freshness");
  }

  @Provide
  Arbitrary<byte[]> edits() {
    return hostile(Codecs.DOCUMENT_EDIT, DocumentEdit.class, "document-edit");
  }

  @Provide
  Arbitrary<byte[]> statuses() {
    return hostile(Codecs.DOCUMENT_STATUS, DocumentStatus.class, "document-status");
  }

  @Provide
  Arbitrary<byte[]> checkpoints() {
    return hostile(Codecs.RETRIEVER_CHECKPOINT, RetrieverCheckpoint.class, "retriever-checkpoint");
  }

  @Provide
  Arbitrary<byte[]> proposals() {
    return hostile(Codecs.VERSION_PROPOSAL, VersionProposal.class, "version-proposal");
  }

  @Provide
  Arbitrary<byte[]> queries() {
    return hostile(Codecs.QUERY, Query.class, "query");
  }

  @Provide
  Arbitrary<byte[]> answers() {
    return hostile(Codecs.ANSWER, Answer.class, "answer");
  }

  private static <T> Arbitrary<byte[]> hostile(JsonCodec<T> codec, Class<T> type, String schema) {
    Arbitrary<Long> seeds = Arbitraries.longs();
    return new RecordArbitraries(0.1)
        .records(type, RecordSchema.named(schema).tree())
        .map(codec::encode)
        .flatMap(json -> seeds.map(seed -> new HostileJson(new Random(seed)).of(json)));
  }

  private static <T> void comesBack(JsonCodec<T> codec, byte[] json) {
    boolean decoded = false;
    try {
      T record = codec.decode(json);
      decoded = true;
      byte[] again = codec.encode(record);
      assertThat(codec.decode(again)).isEqualTo(record);
      assertThat(codec.encode(codec.decode(again))).isEqualTo(again);
    } catch (BadRecordException e) {
      assertThat(decoded).as(new String(json, StandardCharsets.UTF_8)).isFalse();
    } catch (RuntimeException e) {
      throw new AssertionError(new String(json, StandardCharsets.UTF_8), e);
    }
    Statistics.label("decoded")
        .collect(decoded)
        .coverage(
            seen -> {
              seen.check(true).percentage(share -> share > 10);
              seen.check(false).percentage(share -> share > 10);
            });
  }
}
