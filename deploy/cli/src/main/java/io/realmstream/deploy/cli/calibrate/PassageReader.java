package io.realmstream.deploy.cli.calibrate;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Progress;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.marginal.ScoredQuestion;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.model.reader.SpanReader;
import io.realmstream.schemas.Hash128;
import io.realmstream.schemas.answer.Evidence;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads all passages that were found, with the checkpoint's reader, on all cores. */
final class PassageReader {
  private final RetrieverCheckpoint checkpoint;
  private final Path models;

  /**
   * @param models folder of verified model files
   */
  PassageReader(RetrieverCheckpoint checkpoint, Path models) {
    this.checkpoint = checkpoint;
    this.models = models;
  }

  List<ScoredQuestion> read(List<FoundPassages.Found> found, Progress progress)
      throws InterruptedException {
    PartCache cache = new PartCache(models, PartOpener.local(PassageReader.class.getClassLoader()));
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (SpanReader reader = SpanReader.open(checkpoint.reader(), cache)) {
      return questions(
          found.stream().map(each -> threads.submit(() -> read(each, reader))).toList(), progress);
    } catch (CheckpointException e) {
      throw CommandFailure.failed("the reader cannot be opened: " + e.getMessage());
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<ScoredQuestion> questions(
      List<Future<ScoredQuestion>> readings, Progress progress) throws InterruptedException {
    List<ScoredQuestion> questions = new ArrayList<>();
    for (Future<ScoredQuestion> reading : readings) {
      try {
        questions.add(reading.get());
      } catch (ExecutionException e) {
        throw CommandFailure.failed("a passage cannot be read: " + e.getCause());
      }
      progress.update(questions.size(), readings.size());
    }
    return questions;
  }

  private ScoredQuestion read(FoundPassages.Found found, SpanReader reader)
      throws ReadingException {
    List<Candidate> candidates = new ArrayList<>();
    for (Evidence passage : found.passages()) {
      Hash128 uid = Hash128.parse(passage.uid());
      String text = passage.passage().text();
      double product = passage.score() / checkpoint.scoreScale();
      candidates.add(
          new Candidate(uid, uid, product, text, null)
              .read(reader.read(found.question().question(), passage.passage().title(), text)));
    }
    return new ScoredQuestion(candidates, Objects.requireNonNull(found.question().answers()));
  }
}
