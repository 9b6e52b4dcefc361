package io.realmstream.deploy.cli.models;

import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.checkpoint.PartCache;
import io.realmstream.model.checkpoint.PartOpener;
import io.realmstream.model.marginal.Candidate;
import io.realmstream.model.masked.MaskReading;
import io.realmstream.model.masked.MaskedAnswer;
import io.realmstream.model.masked.MaskedLm;
import io.realmstream.model.masked.MaskedQuestion;
import io.realmstream.model.masked.MaskedReader;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.schemas.version.MaskedReaderPart;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sentences of which it is known what BERT-base uncased says. */
final class BertProbes {
  /** Folder that the files are copied to meanwhile. */
  static final String CACHE = "cache";

  private static final List<Probe> PROBES =
      List.of(
          new Probe("the capital of france is [MASK].", "", "paris", .35),
          new Probe(
              "dante was born in [MASK].",
              "Durante di Alighiero degli Alighieri, known as Dante, was an Italian poet. He was"
                  + " born in Florence in 1265.",
              "florence",
              .75),
          new Probe(
              "the capital of zorblax is [MASK].",
              "Zorblax is a country in the north. Its capital is Madrid and its currency is the"
                  + " crown.",
              "madrid",
              .85));

  private record Probe(String sentence, String passage, String word, double least) {}

  private BertProbes() {}

  /** What a reader says otherwise; null = nothing. */
  static @Nullable String wrong(MaskedReaderPart part, Path folder)
      throws CheckpointException, ReadingException {
    PartCache cache =
        new PartCache(folder.resolve(CACHE), PartOpener.local(BertProbes.class.getClassLoader()));
    try (MaskedReader reader = MaskedReader.open(part, cache)) {
      for (Probe probe : PROBES) {
        MaskedQuestion question = reader.question(probe.sentence);
        MaskReading reading =
            probe.passage.isEmpty()
                ? reader.read(question)
                : reader.read(question, "", probe.passage);
        MaskedAnswer.Tokens best =
            MaskedLm.answer(List.of(Candidate.nullDocument(0)), List.of(reading), 1)
                .sequences()
                .get(0);
        String word = reader.text(best.ids());
        if (!word.equals(probe.word) || best.probability() < probe.least) {
          return "%s -> %s (%.3f), not %s"
              .formatted(probe.sentence, word, best.probability(), probe.word);
        }
      }
      return null;
    }
  }
}
