package io.realmstream.deploy.cli.learn.spectral;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.arguments.Range;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.learn.corpus.CorpusOptions;
import io.realmstream.deploy.cli.learn.corpus.JudgeOptions;
import io.realmstream.deploy.cli.learn.corpus.JudgedFile;
import io.realmstream.deploy.cli.learn.corpus.LearningData;
import io.realmstream.deploy.cli.learn.corpus.OpenCheckpoint;
import io.realmstream.deploy.cli.learn.corpus.ReportFolder;
import io.realmstream.deploy.cli.learn.spectral.SpectralReport.FileChange;
import io.realmstream.deploy.json.Json;
import io.realmstream.model.learning.HeadFile;
import io.realmstream.model.learning.gate.Gate;
import io.realmstream.model.learning.gate.HeldOut;
import io.realmstream.model.learning.gate.Verdict;
import io.realmstream.model.learning.spectral.SpectralForm;
import io.realmstream.model.learning.spectral.Spectrum;
import io.realmstream.model.learning.spectral.TrunkStatistics;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.version.Part;
import io.realmstream.schemas.version.RetrieverCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code realm learn spectral}: a projection from the documents alone, without a question. */
@Command(
    name = "spectral",
    description = {
      "Centre and partly whiten the vectors of a corpus.",
      "The projection follows from the mean and the covariance of the documents' passages; nothing"
          + " is fitted on questions. These only judge: the manifest is written if they find their"
          + " documents better for certain, and is refused with figures otherwise.%n"
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 1: refused.",
      "",
      "Example: realm learn spectral --documents wiki.jsonl --questions questions.jsonl --out"
          + " whitened && realm publish-checkpoint whitened/checkpoint.json"
    })
public final class SpectralCommand implements Callable<Integer> {
  private static final int NAME_DIGITS = 16;
  private static final String MANIFEST = "checkpoint.json";
  private static final double EXPONENT = 0.1;
  private static final long SEED = 1;

  @Mixin private final Streams streams = new Streams();
  @Mixin private final CorpusOptions corpus = new CorpusOptions();
  @Mixin private final JudgeOptions judge = new JudgeOptions();

  @Option(
      names = "--dimension",
      paramLabel = "COUNT",
      defaultValue = "384",
      description = "How many directions stay (default: ${DEFAULT-VALUE}).")
  @Range(min = 2, max = 4_096)
  private int dimension = 384;

  @Option(
      names = "--exponent",
      paramLabel = "NUMBER",
      defaultValue = "" + EXPONENT,
      description =
          "How far directions are made equal: 0 = centred only, 0.5 = whitened"
              + " (default: ${DEFAULT-VALUE}).")
  @Range(min = 0, max = 0.5)
  private double exponent = EXPONENT;

  @Option(
      names = "--choose",
      description =
          "Try 128, 192 and 384 directions and exponents from 0 to 0.15. Questions choose, those of"
              + " one document in ten judge what was chosen.")
  private boolean choose;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "spectral",
      description =
          "Folder of the projection, and of the manifest if it is not refused"
              + " (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("spectral");

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  /** What is judged, and by which questions. */
  private record Judged(SpectralForm form, List<JudgedFile> files) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    RetrieverCheckpoint before = judge.checkpoint(); // may be the manifest of an earlier run
    ReportFolder folder = ReportFolder.prepare(out, List.of(MANIFEST));
    folder.delete(MANIFEST);
    try (LearningData data = new LearningData(corpus, before, streams)) {
      List<JudgedFile> files = new ArrayList<>();
      for (Path file : judge.questions()) {
        files.add(data.judged(file));
      }
      Spectrum spectrum = spectrum(data.statistics());
      SpectralForm form =
          choose
              ? new FormChoice(data.passages(), data.documents(), files).of(spectrum)
              : new SpectralForm(dimension, exponent);
      RetrieverCheckpoint candidate = candidate(before, HeadFile.of(spectrum.head(form)), folder);
      SpectralReport report = judge(before, candidate, data, new Judged(form, files));
      boolean published = report.verdict().outcome() == Verdict.Outcome.PUBLISHED;
      if (published) {
        folder.write(
            MANIFEST,
            Codecs.RETRIEVER_CHECKPOINT.encode(
                candidate.with(
                    candidate.documentTower(), candidate.queryTower(), report.scoreScale())));
      }
      streams.out().println(json ? Json.line(report) : SpectralPage.of(report));
      return published ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private Spectrum spectrum(TrunkStatistics statistics) {
    if (!choose && dimension > statistics.dimension()) {
      throw CommandFailure.usage("--dimension: there are " + statistics.dimension());
    }
    if (statistics.count() < statistics.dimension()) {
      throw CommandFailure.failed(
          "%d passages are too few for %d directions"
              .formatted(statistics.count(), statistics.dimension()));
    }
    return Spectrum.of(statistics);
  }

  /** A head's name is its content: a later run must not change the file of a published one. */
  private static RetrieverCheckpoint candidate(
      RetrieverCheckpoint before, byte[] head, ReportFolder folder) throws IOException {
    String digest = sha256(head);
    String name = "projection-%s.onnx".formatted(digest.substring(0, NAME_DIGITS));
    Part part = new Part(folder.write(name, head).toRealPath().toUri().toString(), digest);
    return before.with(
        before.documentTower().with(part), before.queryTower().with(part), before.scoreScale());
  }

  private SpectralReport judge(
      RetrieverCheckpoint before, RetrieverCheckpoint candidate, LearningData data, Judged judged) {
    try (OpenCheckpoint inForce = new OpenCheckpoint(corpus, before, data);
        OpenCheckpoint next = new OpenCheckpoint(corpus, candidate, data)) {
      List<Gate.Asked> asked = new ArrayList<>();
      List<FileChange> changes = new ArrayList<>();
      for (JudgedFile file : judged.files()) {
        int[] now = inForce.ranks(file);
        int[] then = next.ranks(file);
        asked.add(new Gate.Asked(file.name(), file.compared(now, then, this::judges)));
        changes.add(FileChange.of(file.name(), file.compared(now, then)));
      }
      return new SpectralReport(
          new SpectralReport.Setting(
              before.retriever(),
              judged.form().dimension(),
              judged.form().exponent(),
              data.passages().size()),
          next.scoreScale(judged.files()),
          changes,
          Gate.judge(asked, SEED));
    }
  }

  /** Whether a question judges: one that helped to choose the form does not. */
  private boolean judges(String group) {
    return !choose || HeldOut.contains(group);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
