package io.realmstream.model.index.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
  private static final String ADD_MODULE = "--add-modules=jdk.incubator.vector";

  /** 3 * 5 - 127 * 127. */
  private static final String DOT = " -16114";

  @Test
  void thisProcessRunsTheVectorKernel() {
    assertThat(Kernel.name()).matches("vector-(128|256|512)");
  }

  @Test
  void withTheModuleTheVectorKernelRuns() throws Exception {
    assertThat(run(List.of(ADD_MODULE))).isEqualTo(Kernel.name() + DOT);
  }

  @Test
  void withoutTheModuleTheScalarTwinRuns() throws Exception {
    assertThat(run(List.of())).isEqualTo("scalar" + DOT);
  }

  @Test
  void thePropertyForcesTheScalarTwin() throws Exception {
    assertThat(run(List.of(ADD_MODULE, "-D" + Kernel.PROPERTY + "=scalar")))
        .isEqualTo("scalar" + DOT);
  }

  private static String run(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KernelChoice.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
