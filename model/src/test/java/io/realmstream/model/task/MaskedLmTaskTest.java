package io.realmstream.model.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.realmstream.model.checkpoint.TestParts;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.InvalidQuestionException;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.masked.TinyMaskedPart;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.AnswerCandidate;
import io.realmstream.schemas.answer.AnswerMode;
import io.realmstream.schemas.answer.AnswerStatus;
import io.realmstream.schemas.answer.MaskWords;
import io.realmstream.schemas.answer.ReadSpan;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.query.Decoding;
import io.realmstream.schemas.query.Query;
import io.realmstream.schemas.query.QueryKind;
import io.realmstream.schemas.query.QueryOptions;
import io.realmstream.schemas.query.QueryScope;
import io.realmstream.schemas.query.Reading;
import io.realmstream.schemas.version.TitleForm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ids: a 1037, b 1038, c 1039. A reading gives all other tokens a probability of 0. */
class MaskedLmTaskTest {
  private static final int A = 1037;
  private static final Candidate PASSAGE =
      new Candidate(new Hash128(0, 1), new Hash128(1, 1), Math.log(3), "c c", null);
  private static final Candidate NOTHING = Candidate.nullDocument(0);

  private final Path directory;
  private MaskedReader reader;

  @SuppressWarnings("NullAway.Init") // set before each test
  MaskedLmTaskTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void open() throws Exception {
    reader =
        MaskedReader.open(
            TinyMaskedPart.write(directory, TitleForm.SEGMENT),
            TestParts.cache(directory.resolve("cache")));
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void everyCandidateIsReadTheNullDocumentFirst() {
    Candidate other = new Candidate(new Hash128(0, 2), new Hash128(1, 2), -1, "c", null);

    assertThat(task("a [MASK]").placesToRead(List.of(PASSAGE, NOTHING, other)))
        .containsExactly(1, 0, 2);
  }

  /** The null document has 1/4, the passage 3/4: with nothing against a, it is certain. */
  @Test
  void readingEndsWhenTheWordOfASingleMaskIsCertain() {
    Candidate other = new Candidate(new Hash128(0, 2), new Hash128(1, 2), -9, "c", null);
    List<Candidate> candidates = List.of(PASSAGE, NOTHING, other);
    var certainty = Objects.requireNonNull(task("[MASK]").certainty(candidates));

    assertThat(certainty.test(reading(row(.8, .1, .1)))).isFalse();
    assertThat(certainty.test(reading(row(.8, .1, .1)))).isTrue();
  }

  @Test
  void allIsReadForSeveralMasksForReferencesAndOnRequest() {
    List<Candidate> candidates = List.of(PASSAGE, NOTHING);

    assertThat(task("[MASK] [MASK]").certainty(candidates)).isNull();
    assertThat(task("[MASK]", List.of("a")).certainty(candidates)).isNull();
    assertThat(task("[MASK]", QueryOptions.DEFAULT.with(Reading.ALL)).certainty(candidates))
        .isNull();
  }

  /** a: 1/4 of .8, and 3/4 is unread. */
  @Test
  void passageThatWasLeftUnreadIsMarkedAndItsMassTold() {
    TaskAnswer answer =
        task("[MASK]").answer(List.of(PASSAGE, NOTHING), List.of(reading(row(.8, .1, .1))));

    assertIs(answer.read().answer(), "a", .2);
    assertThat(answer.read().unreadMass()).isEqualTo(.75, within(1e-12));
    assertThat(answer.evidence().get(0).read()).isEqualTo(ReadSpan.UNREAD);
    assertThat(answer.evidence().get(1).read().retrievalUtility()).isEqualTo(0.0);
  }

  @Test
  void passageIsReadWithItsTitleAndTheNullDocumentAsTheQuestionAlone() throws Exception {
    MaskedLmTask task = task("a [MASK]");

    assertThat(task.read(PASSAGE, "b").logits())
        .isDeepEqualTo(reader.read(reader.question("a [MASK]"), "b", "c c").logits());
    assertThat(task.read(NOTHING, "").logits())
        .isDeepEqualTo(reader.read(reader.question("a [MASK]")).logits());
  }

  /** p(z|x) is 3/4 and 1/4: a has 3/4 * .8 + 1/4 * .2 = .65. */
  @Test
  void answerIsTheWordOfTheLargestMarginal() {
    TaskAnswer answer =
        task("[MASK]")
            .answer(
                List.of(PASSAGE, NOTHING),
                List.of(reading(row(.2, .5, .3)), reading(row(.8, .1, .1))));

    assertThat(answer.status()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(answer.mode())
        .isEqualTo(new AnswerMode(QueryKind.MASKED_LM, null, Decoding.MARGINAL));
    assertIs(answer.read().answer(), "a", .65);
    assertThat(answer.read().runnersUp()).hasSize(4);
    assertIs(answer.read().runnersUp().get(0), "b", .2);
    assertIs(answer.read().runnersUp().get(1), "c", .15);
    assertThat(answer.read().noAnswerMass()).isNull();
    assertThat(answer.read().unreadMass()).isEqualTo(0.0);
    assertThat(Objects.requireNonNull(answer.read().masks())).hasSize(1);
    assertThat(answer.truncated()).isFalse();
  }

  @Test
  void evidenceSaysWhatThePassageAddsToTheQuestionAlone() {
    List<TaskAnswer.Evidence> evidence =
        task("[MASK]")
            .answer(
                List.of(PASSAGE, NOTHING),
                List.of(reading(row(.2, .5, .3)), reading(row(.8, .1, .1))))
            .evidence();

    assertThat(evidence).extracting(TaskAnswer.Evidence::rank).containsExactly(1, 2);
    assertThat(evidence.get(0).probability()).isEqualTo(.75, within(1e-12));
    assertThat(evidence.get(0).read().span()).isNull();
    assertThat(evidence.get(0).read().answerProbability()).isEqualTo(.8, within(1e-6));
    assertThat(evidence.get(0).read().posterior()).isEqualTo(.6 / .65, within(1e-6));
    assertThat(evidence.get(0).read().retrievalUtility()).isEqualTo(Math.log(4), within(1e-6));
    assertThat(evidence.get(1).read().retrievalUtility()).isEqualTo(0.0);
  }

  @Test
  void wordsOfSeveralMasksAreOneAnswerAndAListOfEach() {
    TaskAnswer answer =
        task("[MASK] [MASK]")
            .answer(List.of(NOTHING), List.of(reading(row(.7, .2, .1), row(.1, .1, .8))));

    assertIs(answer.read().answer(), "a c", .56);
    List<MaskWords> masks = Objects.requireNonNull(answer.read().masks());
    assertThat(masks).hasSize(2);
    assertIs(masks.get(0).words().get(0), "a", .7);
    assertIs(masks.get(1).words().get(0), "c", .8);
  }

  /** c: 3/4 * .1 + 1/4 * .3 = .15, half of it from the passage. */
  @Test
  void referencesAreScored() {
    TaskAnswer answer =
        task("[MASK]", List.of("C"))
            .answer(
                List.of(PASSAGE, NOTHING),
                List.of(reading(row(.2, .5, .3)), reading(row(.8, .1, .1))));

    ReferenceScore score = Objects.requireNonNull(answer.read().reference());
    assertThat(score.logProbability()).isEqualTo(Math.log(.15), within(1e-6));
    ReferenceScore passage = Objects.requireNonNull(answer.evidence().get(0).read().reference());
    assertThat(passage.logProbability()).isEqualTo(Math.log(.1), within(1e-6));
    assertThat(passage.posterior()).isEqualTo(.5, within(1e-6));
  }

  @Test
  void referenceOfAnotherNumberOfTokensThanMasksIsInvalid() {
    assertThatThrownBy(() -> task("[MASK]", List.of("a", "a b")))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessage("options.references: \"a b\" must have one token a mask, 1 (has 2)");
  }

  @Test
  void oneReadingThatWasCutMakesTheAnswerTruncated() {
    MaskReading cut = new MaskReading(new float[][] {row(.8, .1, .1)}, true);

    assertThat(
            task("[MASK]")
                .answer(List.of(PASSAGE, NOTHING), List.of(reading(row(.2, .5, .3)), cut))
                .truncated())
        .isTrue();
  }

  @Test
  void maskThatTheReaderDoesNotReachIsInvalid() {
    assertThatThrownBy(() -> task("a a a a [MASK]"))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("first 4 tokens");
  }

  private MaskedLmTask task(String text) {
    return task(text, QueryOptions.DEFAULT);
  }

  private MaskedLmTask task(String text, List<String> references) {
    return task(text, QueryOptions.DEFAULT.withReferences(references));
  }

  private MaskedLmTask task(String text, QueryOptions options) {
    return new MaskedLmTask(
        reader, new Query("q", text, QueryKind.MASKED_LM, QueryScope.DEFAULT, null, options));
  }

  private static MaskReading reading(float[]... rows) {
    return new MaskReading(rows, false);
  }

  /** Logits under which a, b and c have these probabilities. */
  private static float[] row(double a, double b, double c) {
    float[] logits = new float[A + 3];
    Arrays.fill(logits, -1_000);
    logits[A] = (float) Math.log(a);
    logits[A + 1] = (float) Math.log(b);
    logits[A + 2] = (float) Math.log(c);
    return logits;
  }

  private static void assertIs(@Nullable AnswerCandidate answer, String text, double probability) {
    assertThat(Objects.requireNonNull(answer).text()).isEqualTo(text);
    assertThat(answer.probability()).isEqualTo(probability, within(1e-6));
  }
}
