package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.evaluate.questions.GoldQuestion;
import io.realmstream.deploy.cli.evaluate.questions.QuestionFile;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Questions;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Noise;
import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.answer.IndexVersion;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.query.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries questions with noise, and with evidence that is deleted, falsified and doubled, by real
 * edits of a run that nobody else uses. These are the abilities by which Chen et al. 2024 judge
 * retrieval augmentation.
 */
final class Robustness {
  private static final int[] HARD = {0, 1, 4, 9};
  private static final int[] RANDOM = {4, 9};
  private static final int SEED = 1;

  /** How many passages are retrieved, from which the hard ones are chosen. */
  private static final int DEPTH = 100;

  private final QuestionFile file;
  private final List<GoldQuestion> questions;
  private final GoldDocuments documents;
  private final Streams streams;

  /**
   * @param questions of the file
   */
  Robustness(
      QuestionFile file, List<GoldQuestion> questions, GoldDocuments documents, Streams streams) {
    this.file = file;
    this.questions = List.copyOf(questions);
    this.documents = documents;
    this.streams = streams;
  }

  /**
   * Tries them.
   *
   * @param questionsMax of more, some are taken at random
   * @throws CommandFailure when none can be tried, or the run fails
   */
  RobustnessReport run(Connection connection, int questionsMax) {
    List<Trial.Draft> chosen = documents.chosen(questions, questionsMax, new Random(SEED));
    if (chosen.isEmpty()) {
      throw CommandFailure.failed(
          "no question names a document of --documents whose text holds an accepted answer");
    }
    try (ScratchRun run = new ScratchRun(connection)) {
      List<DocumentEdit> loaded = documents.all();
      edit(run, "documents", loaded);
      List<Trial> trials = trials(run, chosen);
      List<Noise> noise = noise(run, trials);
      List<AnswerResult> answerable = ask(run, "answerable", trials, Asking::answerable);
      Edited edited = new Edited(run, trials, answerable, this::progress);
      RobustnessReport.Counterfactual counterfactual = edited.counterfactual();
      RobustnessReport.Integration integration = edited.integration();
      return new RobustnessReport(
          new Questions(file.name(), file.sha256(), trials.size()),
          chosen.size() - trials.size(),
          loaded.size(),
          version(answerable),
          noise,
          edited.rejection(),
          counterfactual,
          integration);
    }
  }

  /** Retrieves the passages of each question. */
  private List<Trial> trials(ScratchRun run, List<Trial.Draft> chosen) {
    List<AnswerResult> retrieved = new ArrayList<>();
    try (Progress progress = progress("passages")) {
      List<Query> queries =
          chosen.stream().map(draft -> Asking.passages(draft.question(), DEPTH)).toList();
      retrieved.addAll(run.ask(queries, done -> progress.update(done, queries.size())));
    }
    List<Evidence> anywhere = new ArrayList<>();
    for (AnswerResult result : retrieved) {
      anywhere.addAll(result.passages());
    }
    Random random = new Random(SEED);
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Collections.shuffle(anywhere, random);
      Trial.Draft draft = chosen.get(i);
      Trial trial =
          new Trial.Draft(draft.question(), draft.document(), retrieved.get(i).passages())
              .trial(anywhere);
      if (trial != null) {
        trials.add(trial);
      }
    }
    if (trials.isEmpty()) {
      throw CommandFailure.failed(
          "no question has its own passage and %d without the answer among its best %d: are there enough --documents?"
              .formatted(Trial.NOISE_MAX, DEPTH));
    }
    return trials;
  }

  private List<Noise> noise(ScratchRun run, List<Trial> trials) {
    List<Noise> noise = new ArrayList<>();
    for (int count : HARD) {
      List<AnswerResult> results =
          ask(run, count + " hard", trials, t -> Asking.among(t, t.withHard(count)));
      noise.add(new Noise("HARD", count, exactMatch(trials, results)));
    }
    for (int count : RANDOM) {
      List<AnswerResult> results =
          ask(run, count + " random", trials, t -> Asking.among(t, t.withRandom(count)));
      noise.add(new Noise("RANDOM", count, exactMatch(trials, results)));
    }
    return noise;
  }

  private static double exactMatch(List<Trial> trials, List<AnswerResult> results) {
    int right = 0;
    for (int i = 0; i < trials.size(); i++) {
      right += trials.get(i).isRight(results.get(i)) ? 1 : 0;
    }
    return (double) right / trials.size();
  }

  private List<AnswerResult> ask(
      ScratchRun run, String what, List<Trial> trials, Function<Trial, Query> query) {
    try (Progress progress = progress(what)) {
      return run.ask(
          trials.stream().map(query).toList(), done -> progress.update(done, trials.size()));
    }
  }

  private void edit(ScratchRun run, String what, List<DocumentEdit> edits) {
    try (Progress progress = progress(what)) {
      run.edit(edits, done -> progress.update(done, edits.size()));
    }
  }

  private Progress progress(String what) {
    return Progress.on(streams, what, "done");
  }

  private static @Nullable IndexVersion version(List<AnswerResult> results) {
    return results.get(0).version();
  }
}
