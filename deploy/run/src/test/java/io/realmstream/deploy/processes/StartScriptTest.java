package io.realmstream.deploy.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/process/start.sh} refuses; {@code ClusterUpIT} shows what it starts. */
class StartScriptTest {
  private static final Path PROCESS = Path.of("..", "process").toAbsolutePath().normalize();

  @TempDir private Path directory = Path.of("unset");

  @Test
  void roleThatThereIsNotIsNamed() throws Exception {
    assertThat(refusal(Map.of(), "manager"))
        .isEqualTo(
            "start.sh: the first argument must be broker, zookeeper, jobmanager or taskmanager, not"
                + " 'manager'");
    assertThat(refusal(Map.of())).endsWith("not ''");
  }

  @Test
  void foldersThatAreMissingAreNamed() throws Exception {
    assertThat(refusal(Map.of("REALM_CONF_DIR", "/nowhere"), "broker"))
        .isEqualTo("start.sh: REALM_CONF_DIR is '/nowhere', where no log4j2.xml is");
    String conf = PROCESS.resolve("conf").toString();
    assertThat(refusal(Map.of("REALM_CONF_DIR", conf), "broker"))
        .isEqualTo("start.sh: REALM_LIB_DIR is '', which is no folder");
  }

  @Test
  void javaThatIsMissingIsSaid() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("REALM_CONF_DIR", PROCESS.resolve("conf").toString());
    environment.put("REALM_LIB_DIR", directory.toString());
    environment.put("JAVA_HOME", "/nowhere");
    assertThat(refusal(environment, "taskmanager"))
        .isEqualTo("start.sh: JAVA_HOME is /nowhere, which has no bin/java");
  }

  private static String refusal(Map<String, String> environment, String... arguments)
      throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = PROCESS.resolve("start.sh").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("REALM_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    return said.strip();
  }
}
