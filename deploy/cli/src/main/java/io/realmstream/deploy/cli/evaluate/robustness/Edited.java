package io.realmstream.deploy.cli.evaluate.robustness;

import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Counterfactual;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Integration;
import io.realmstream.deploy.cli.evaluate.report.RobustnessReport.Rejection;
import io.realmstream.model.evaluation.ExactMatch;
import io.realmstream.schemas.answer.AnswerResult;
import io.realmstream.schemas.answer.ReferenceScore;
import io.realmstream.schemas.document.DocumentEdit;
import io.realmstream.schemas.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What edits do to answers. Each part gives the documents their first text back. Only the last
 * part, {@link #rejection}, leaves them deleted.
 */
final class Edited {
  private final ScratchRun run;
  private final List<Trial> trials;
  private final List<AnswerResult> before;
  private final Function<String, Progress> progress;
  private long revision = 1;

  /**
   * @param before the answers of {@link Asking#answerable}
   */
  Edited(
      ScratchRun run,
      List<Trial> trials,
      List<AnswerResult> before,
      Function<String, Progress> progress) {
    this.run = run;
    this.trials = List.copyOf(trials);
    this.before = List.copyOf(before);
    this.progress = progress;
  }

  private record Swapped(Trial trial, Swap swap) {}

  Counterfactual counterfactual() {
    List<Swapped> swapped = swapped();
    revise(
        "swaps", swapped.stream().map(each -> revised(each.trial(), each.swap().text())).toList());
    List<AnswerResult> results =
        ask("swapped", swapped.stream().map(each -> Asking.plain(each.trial())).toList());
    int follows = 0;
    int old = 0;
    int quoted = 0;
    for (int i = 0; i < results.size(); i++) {
      Swapped each = swapped.get(i);
      AnswerResult result = results.get(i);
      follows += ExactMatch.matches(Trial.text(result), List.of(each.swap().after())) ? 1 : 0;
      old += each.trial().isRight(result) ? 1 : 0;
      String document = each.trial().document().id();
      quoted += Trial.quotesDeleted(result, document, each.swap().text()) ? 1 : 0;
    }
    revise(
        "swaps undone",
        swapped.stream()
            .map(each -> revised(each.trial(), each.trial().document().text()))
            .toList());
    double count = Math.max(1, results.size());
    return new Counterfactual(
        results.size(),
        follows / count,
        old / count,
        (results.size() - follows - old) / count,
        quoted);
  }

  /** Of questions that were answered right. */
  private List<Swapped> swapped() {
    List<Swapped> swapped = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      List<String> others = new ArrayList<>();
      for (int j = 1; j < trials.size(); j++) {
        others.add(trials.get((i + j) % trials.size()).answers().get(0));
      }
      Swap swap = Swap.of(trial.document().text(), trial.answers(), others);
      if (swap != null && trial.isRight(before.get(i))) {
        swapped.add(new Swapped(trial, swap));
      }
    }
    return swapped;
  }

  Integration integration() {
    List<SecondDocument> seconds = new ArrayList<>();
    trials.forEach(trial -> SecondDocument.of(trial).ifPresent(seconds::add));
    revise("second documents", seconds.stream().map(SecondDocument::edit).toList());
    List<AnswerResult> found =
        ask("their passages", seconds.stream().map(SecondDocument::passages).toList());
    List<SecondDocument.Found> pairs = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      seconds.get(i).found(found.get(i)).ifPresent(pairs::add);
    }
    double[] first = scores("first", pairs.stream().map(SecondDocument.Found::first).toList());
    double[] second = scores("second", pairs.stream().map(SecondDocument.Found::second).toList());
    double[] both = scores("both", pairs.stream().map(SecondDocument.Found::both).toList());
    revise("second documents deleted", seconds.stream().map(s -> deleted(s.edit())).toList());
    int above = 0;
    for (int i = 0; i < both.length; i++) {
      above += both[i] > Math.max(first[i], second[i]) ? 1 : 0;
    }
    return new Integration(
        both.length,
        mean(first),
        mean(second),
        mean(both),
        (double) above / Math.max(1, both.length));
  }

  /** p(R|x) of each question's accepted answers. */
  private double[] scores(String what, List<Query> queries) {
    return ask(what, queries).stream()
        .mapToDouble(
            result -> {
              ReferenceScore score = result.read().reference();
              return score == null || score.logProbability() == null
                  ? 0
                  : Math.exp(score.logProbability());
            })
        .toArray();
  }

  Rejection rejection() {
    revise("deletions", trials.stream().map(trial -> deleted(trial.document())).toList());
    List<AnswerResult> after =
        ask("unanswerable", trials.stream().map(Asking::answerable).toList());
    int quoted = 0;
    for (int i = 0; i < trials.size(); i++) {
      quoted += Trial.quotesDeleted(after.get(i), trials.get(i).document().id(), "") ? 1 : 0;
    }
    return RejectionMeasure.of(trials, before, after, quoted);
  }

  private DocumentEdit revised(Trial trial, String text) {
    return GoldDocuments.with(trial.document(), revision + 1, text);
  }

  private DocumentEdit deleted(DocumentEdit document) {
    return DocumentEdit.deletion(document.id(), revision + 1);
  }

  private void revise(String what, List<DocumentEdit> edits) {
    try (Progress shown = progress.apply(what)) {
      run.edit(edits, done -> shown.update(done, edits.size()));
    }
    revision++;
  }

  private List<AnswerResult> ask(String what, List<Query> queries) {
    try (Progress shown = progress.apply(what)) {
      return run.ask(queries, done -> shown.update(done, queries.size()));
    }
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / Math.max(1, values.length);
  }
}
